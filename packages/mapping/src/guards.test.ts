import { isFlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { compileMapping } from './index.ts';
import { busyMs } from './testing/busy-ms.ts';
import { HOSTILE } from './testing/index.ts';

const TIMEOUT_MS = 100;
/** How much longer than to its deadline anything may block. */
const BEYOND_MS = 50;

// Again where it was late: some leave so much behind that the collector is at it while the next one runs.
describe('without an isolate, at its deadline at the latest, an answer or a clear error comes from', {
  retry: 2,
}, () => {
  test.each(HOSTILE.map((hostile) => [hostile.name, hostile] as const))('%s', async (_name, { source, input }) => {
    const payload = input?.() ?? {};
    const { result, tookMs } = busyMs(() => {
      try {
        return compileMapping(source, { timeoutMs: TIMEOUT_MS }).evaluate(payload);
      } catch (error) {
        return Promise.reject(error);
      }
    });
    const error = await Promise.resolve(result).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error !== undefined) {
      expect(isFlowError(error), String(error)).toBe(true);
      expect(['DATA_MAPPING_LIMIT', 'DATA_MAPPING']).toContain((error as { code: string }).code);
    }
    expect(tookMs).toBeLessThan(TIMEOUT_MS + BEYOND_MS);
  });
});
