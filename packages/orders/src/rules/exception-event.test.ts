import { expect, test } from 'vitest';
import { exceptionIdOf, ruleIdProblem } from './exception-event.ts';

const about = (exceptionId: unknown, type = 'com.platform.exception.cleared.v1') => ({ type, data: { exceptionId } });

test('nobody else may speak of the exceptions of rules', () => {
  expect(ruleIdProblem(about(exceptionIdOf('SHIPPED_NOT_INVOICED', undefined)))).toEqual({
    field: 'data.exceptionId',
    message: 'data.exceptionId begins with "rule:", which is kept for the exceptions of rules',
    fix: 'Give it an id of your own that does not begin with "rule:".',
  });
});

test.each([
  ['an id of its own', about('UNKNOWN_SKU:1')],
  ['no text', about(7)],
  ['another event', about('rule:X', 'com.acme.exception.raised.v1')],
  ['no data', { type: 'com.platform.exception.raised.v1' }],
])('%s is free', (_what, event) => {
  expect(ruleIdProblem(event)).toBeUndefined();
});
