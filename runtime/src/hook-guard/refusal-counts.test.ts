import type { RefusalCount } from '@crossdock/bus';
import { expect, test } from 'vitest';
import { createRefusalCounts } from './refusal-counts.ts';

const at = { env: 'prod', flowId: 'orders', nodeId: 'hook', reason: 'late' } as const;

test('refusals are told as whole counts by minute, and again with the next when the bus did not take them', async () => {
  const told: RefusalCount[][] = [];
  const warned: string[] = [];
  let isAway = false;
  let now = 120_000;
  const refusals = {
    async tell(counts: readonly RefusalCount[]) {
      if (isAway) throw new Error('away');
      told.push(counts.map((count) => ({ ...count })));
    },
  };
  const log = { warn: (_fields: unknown, text: string) => void warned.push(text) } as never;
  const counts = createRefusalCounts({ refusals }, log, { now: () => now, tellAfterMs: 5 });
  const last = () => told.at(-1)?.map(({ minute, reason, count }) => [minute, reason, count]);

  counts.count(at);
  counts.count(at);
  await expect.poll(last).toEqual([[120_000, 'late', 2]]);
  counts.count(at);
  counts.count({ ...at, reason: 'mismatch' });
  await expect.poll(last).toEqual([
    [120_000, 'late', 3],
    [120_000, 'mismatch', 1],
  ]);
  isAway = true;
  counts.count(at);
  await expect.poll(() => warned.length).toBe(1);
  isAway = false;
  now = 180_000;
  counts.count(at);
  await expect.poll(last).toEqual([
    [120_000, 'late', 4],
    [180_000, 'late', 1],
  ]);
  expect(new Set(told.flat().map(({ source }) => source)).size).toBe(1);
});
