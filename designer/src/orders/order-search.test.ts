import { describe, expect, it } from 'vitest';
import { asksForIssues, openBefore, validateOrderSearch } from './order-search.ts';

describe('the address of a list of orders', () => {
  it('keeps what it knows and leaves out what makes no sense', () => {
    const search = { stage: 'picked', channel: 'edi', kind: 'hold', issue: 'CREDIT', owner: 'finance', age: '4h' };
    expect(validateOrderSearch({ ...search, odd: 1 })).toEqual(search);
    expect(validateOrderSearch({ pending: 'no', kind: 'both', age: '5h', channel: '' })).toEqual({});
  });

  it('asks for what is wrong by any of its filters', () => {
    expect(asksForIssues({ channel: 'edi', stage: 'picked' })).toBe(false);
    for (const one of [{ pending: 'yes' }, { kind: 'hold' }, { issue: 'X' }, { owner: 'Ivy' }, { age: '1h' }] as const)
      expect(asksForIssues(one)).toBe(true);
  });

  it('counts an age back from now, to the minute', () => {
    expect(openBefore('1d', Date.parse('2026-11-30T09:10:59.999Z'))).toBe('2026-11-29T09:10:00.000Z');
  });
});
