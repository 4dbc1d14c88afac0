import { isFlowError } from '@crossdock/errors';
import { compileMapping, useIsolate } from '@crossdock/mapping';
import { HOSTILE } from '@crossdock/mapping/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIsolate } from './index.ts';
import { watchLoop } from './watch-loop.testing.ts';

const TIMEOUT_MS = 500;
const BEYOND_MS = 50;
/** What an evaluation may do in place before it leaves the thread, with the task's clone and whatever else it takes. */
const BLOCK_MS = 100;

const isolate = createIsolate();
beforeAll(() => useIsolate(isolate));
afterAll(async () => {
  useIsolate(undefined);
  await isolate.close();
});

// Again where it was late: some leave so much behind that the collector is at it while the next one runs.
describe('the event loop goes on, and at its deadline at the latest an answer or a limit comes, from', {
  retry: 2,
}, () => {
  test.each(HOSTILE.map((hostile) => [hostile.name, hostile] as const))('%s', async (_name, { source, input }) => {
    const payload = input?.() ?? {};
    await isolate.evaluate({
      ...{ source: '1', limits: { timeoutMs: 1000, maxDepth: 0, maxSequence: 10, maxResultBytes: 100 } },
      ...{ input: {}, bindings: {}, functions: {}, clock: { nowMs: 0, seed: '' } },
    });
    const loop = watchLoop();
    const startedAt = performance.now();
    const error = await (async () => compileMapping(source, { timeoutMs: TIMEOUT_MS }).evaluate(payload))().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const tookMs = performance.now() - startedAt;
    const blockedMs = loop.end();
    if (error !== undefined) expect(isFlowError(error), String(error)).toBe(true);
    expect(blockedMs).toBeLessThan(BLOCK_MS);
    expect(tookMs).toBeLessThan(TIMEOUT_MS + BEYOND_MS + BLOCK_MS);
  });
});
