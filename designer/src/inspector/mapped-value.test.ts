import { compileMapping } from '@crossdock/mapping';
import { describe, expect, it } from 'vitest';
import { configValueOf, mappingOf } from './mapped-value.ts';

const body = { 'x-expression': true as const };
const mapping = { 'x-mapping': true as const };

describe('a field as a mapping', () => {
  it('is its JSONata, and goes back as it came', () => {
    expect(mappingOf(mapping, '{ "a": b }')).toBe('{ "a": b }');
    expect(configValueOf(mapping, '{ "a": b }')).toBe('{ "a": b }');
    expect(mappingOf(body, '= { "a": b }')).toBe('{ "a": b }');
    expect(configValueOf(body, '{ "a": b }')).toBe('= { "a": b }');
  });

  it('is empty for no value, and gives none when it is emptied', () => {
    expect([mappingOf(body, undefined), mappingOf(mapping, undefined)]).toEqual(['', '']);
    expect([configValueOf(body, ' '), configValueOf(mapping, '')]).toEqual([undefined, '']);
  });

  it('gives what a fixed value gave, with the expressions inside it', async () => {
    const fixed = { name: 'Ada "L"', no: '= order.no', lines: [{ sku: '= sku & "-1"' }, []], none: {}, is: true };
    const source = mappingOf(body, fixed);
    expect(source).toContain('\n  "no": order.no,\n');
    expect(await compileMapping(source).evaluate({ order: { no: 7 }, sku: 'A' })).toEqual({
      ...{ name: 'Ada "L"', no: 7, lines: [{ sku: 'A-1' }, []], none: {}, is: true },
    });
  });
});
