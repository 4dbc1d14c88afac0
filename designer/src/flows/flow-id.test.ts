import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flowIdOf, freeFlowId, isFlowId } from './flow-id.ts';

test('an id is made of the name’s letters and digits', () => {
  expect(flowIdOf('Shop order to ERP')).toBe('shop-order-to-erp');
  expect(flowIdOf('  Aufträge für Straße 5! ')).toBe('auftrage-fur-strasse-5');
  expect(flowIdOf('注文')).toBe('');
});

test('whatever the name, its id is empty or allowed', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => flowIdOf(name) === '' || isFlowId(flowIdOf(name))));
});

test('a taken id gets a number, within the length that is allowed', () => {
  expect(freeFlowId('a', new Set())).toBe('a');
  expect(freeFlowId('a', new Set(['a', 'a-2']))).toBe('a-3');
  const long = 'x'.repeat(64);
  expect(freeFlowId(long, new Set([long]))).toHaveLength(64);
});
