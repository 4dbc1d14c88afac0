import { describe, expect, test } from 'vitest';
import { fieldsAt, pathAt } from './field-suggestions.ts';

const order = {
  name: '#1001',
  customer: { email: 'ada@example.com', address: { city: 'Louisville' } },
  line_items: [
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 2, note: 'gift' },
  ],
  'odd name': true,
};

describe('pathAt', () => {
  test.each([
    ['', []],
    ['na', []],
    ['customer.', ['customer']],
    ['customer.address.ci', ['customer', 'address']],
    ['{ "city": customer.address.', ['customer', 'address']],
    ['$$.customer.', ['customer']],
    ['$.customer.', ['customer']],
    ["{ 'lines': line_items.{ 'sku': ", ['line_items']],
    ["{ 'lines': [line_items.{ 'sku': sk", ['line_items']],
    ['line_items[quan', ['line_items']],
    ['line_items[0].', ['line_items']],
    ["{ 'lines': line_items.{ 'sku': sku }, 'no': ", []],
    ['customer.( $x := address; ', ['customer']],
    ['"a { b" & customer.', ['customer']],
  ])('%s', (before, path) => {
    expect(pathAt(before)).toEqual(path);
  });

  test('knows no fields below a variable', () => {
    expect(pathAt('$vars.')).toBeUndefined();
  });
});

describe('fieldsAt', () => {
  const names = (path: string[]) => fieldsAt(order, path).map(({ name }) => name);

  test('offers the fields of the payload', () => {
    expect(names([])).toEqual(['name', 'customer', 'line_items', 'odd name']);
  });

  test('offers the fields of all elements of an array', () => {
    expect(names(['line_items'])).toEqual(['sku', 'quantity', 'note']);
  });

  test('writes odd names in backticks', () => {
    expect(fieldsAt(order, []).find(({ name }) => name === 'odd name')?.text).toBe('`odd name`');
  });

  test('offers nothing below a value that has no fields', () => {
    expect(names(['name', 'x'])).toEqual([]);
  });
});
