import { describe, expect, test } from 'vitest';
import { eventCatalogue } from './catalogue/index.ts';
import { typeOf } from './define-event.ts';
import { givenEventProblems } from './given-event.ts';

const SHIPPED = 'com.platform.order.line.shipped.v1';
const shipped = { lineKey: 'A-1/1', factKey: 'shp_1', qty: { value: '12', uom: 'EA' } };

describe('givenEventProblems', () => {
  test.each(eventCatalogue.map((one) => [one.name, one] as const))('takes the example of %s', (name, { example }) => {
    expect(givenEventProblems({ type: typeOf(name), data: example })).toEqual([]);
  });

  test('names the field of data that does not fit, and the fix', () => {
    const { qty: _, ...without } = shipped;
    expect(givenEventProblems({ type: SHIPPED, data: without })).toEqual([
      {
        field: 'data.qty',
        message: 'data.qty is missing',
        fix: 'Add it, such as {"value":"120","uom":"EA"}.',
      },
    ]);
    expect(givenEventProblems({ type: SHIPPED })).toMatchObject([{ field: 'data', message: 'data is missing' }]);
    expect(givenEventProblems({ type: SHIPPED, data: 'shipped' })).toMatchObject([{ field: 'data' }]);
  });

  test('says nothing about types outside the catalogue', () => {
    expect(givenEventProblems({ type: 'com.acme.order.line.shipped.v1', data: { qty: 12 } })).toEqual([]);
    expect(givenEventProblems({ type: 'com.acme.note.v1' })).toEqual([]);
  });

  test('keeps the exceptions of rules for rules', () => {
    const data = { exceptionId: 'rule:SHIPPED_NOT_INVOICED', code: 'SHIPPED_NOT_INVOICED' };
    expect(givenEventProblems({ type: 'com.platform.exception.cleared.v1', data })).toMatchObject([
      { field: 'data.exceptionId' },
    ]);
  });

  test('tells no more mistakes than help', () => {
    const lines = Array.from({ length: 100 }, () => ({ lineKey: 1 }));
    const data = { orderKey: 'A-1', lines };
    expect(givenEventProblems({ type: 'com.platform.order.received.v1', data })).toHaveLength(20);
  });
});
