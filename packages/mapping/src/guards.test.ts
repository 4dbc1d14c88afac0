import { isFlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { compileMapping } from './index.ts';
import { HOSTILE } from './testing/index.ts';

const TIMEOUT_MS = 100;
/** How much longer than to its deadline anything may block. */
const BEYOND_MS = 50;

/** Time that this thread was busy: on a busy machine the clock on the wall goes on while others have the processor. */
function busyMs(work: () => unknown): { result: unknown; tookMs: number } {
  const before = process.threadCpuUsage();
  const startedAt = performance.now();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  return { result, tookMs: Math.min(performance.now() - startedAt, (user + system) / 1000) };
}

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
