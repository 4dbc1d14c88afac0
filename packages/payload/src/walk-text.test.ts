import { isFlowError } from '@crossdock/errors';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { walkText } from './walk-text.ts';

const hasRiskyNumber = (text: string) => walkText(text, 100).hasRiskyNumber;

it.each(['1', '-12.5', '1e22', '1E-22', '1e+22', '123456789012345', '{"a":[1,2],"b":"c"}', ''])(
  'finds every number of %s safe',
  (text) => expect(hasRiskyNumber(text)).toBe(false),
);

it.each(['1234567890123456', '-0.1234567890123456', '1e400', '[1E-400]', '{"a": 1e+400}', '[0,\n 9007199254740993]'])(
  'finds a number of %s risky',
  (text) => expect(hasRiskyNumber(text)).toBe(true),
);

it('takes nothing in a string for a number or a bracket, whatever is escaped there', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', '1234567890123456', '1e400', 'ü') }), (text) => {
      expect(walkText(JSON.stringify([text]), 1).hasRiskyNumber).toBe(false);
      expect(walkText(JSON.stringify({ [text]: 1 }), 1).hasRiskyNumber).toBe(false);
      expect(walkText(`[${JSON.stringify(text)},1234567890123456]`, 1).hasRiskyNumber).toBe(true);
    }),
  );
});

it('takes no longer than in proportion for backslashes and quotes', () => {
  const text = `"${'\\\\\\"'.repeat(200_000)}"`;
  const startedAt = performance.now();
  walkText(text, 1);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

it.each([
  ['[[1]]', 2],
  ['[[]]]]', 2],
])('counts how deep %s is', (text, depth) => {
  expect(() => walkText(text, depth)).not.toThrow();
  expect(() => walkText(text, depth - 1)).toThrow(
    expect.toSatisfy((error: unknown) => isFlowError(error, 'DATA_TOO_DEEP')),
  );
});
