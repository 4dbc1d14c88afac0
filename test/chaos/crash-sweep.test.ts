import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { report } from './harness/figures.ts';
import { type Oracle, startOracle } from './harness/oracle.ts';
import { isFull, seed } from './harness/size.ts';
import { type SweepScenario, sweepScenarios } from './harness/sweep-scenarios.ts';
import { openSweepSlot, type SweepRun, type SweepSlot } from './harness/sweep-slot.ts';
import { judge } from './harness/verdict.ts';

const SLOTS = 8;
/** Where the first worker dies before the second one's every moment is tried, as shares of the first one's moments. */
const FIRST_DEATHS = isFull ? [0.25, 0.5, 0.75] : [0.5];
/** The short form tries every third moment, from one that the seed decides: three runs in a row try most of them. */
const STRIDE = isFull ? 1 : 3;

describe('a worker dies at every moment between two of its calls', { timeout: 1_800_000 }, () => {
  let oracle: Oracle;
  let scenarios: SweepScenario[];
  let slots: SweepSlot[] = [];
  beforeAll(async () => {
    oracle = await startOracle(seed);
    scenarios = sweepScenarios(oracle.url);
    for (const { faults = {} } of scenarios)
      for (const [target, rule] of Object.entries(faults)) await oracle.setFaults(target, rule);
    slots = await Promise.all(Array.from({ length: SLOTS }, () => openSweepSlot(scenarios)));
  });
  afterAll(async () => {
    await Promise.all(slots.map((slot) => slot.close()));
    await oracle?.stop();
  });

  test.each(sweepScenarios(() => '').map(({ name }) => name))(
    '%s: in its first run and when it resumes',
    async (name) => {
      const scenario = scenarios.find((one) => one.name === name) as SweepScenario;
      const first = await sweep(scenario, 'first', []);
      const runs = [...first];
      const resumed: number[] = [];
      for (const share of FIRST_DEATHS) {
        const again = await sweep(scenario, `resumed-${share}`, [
          Math.max(1, Math.round(crashesOf(first, 1) * STRIDE * share)),
        ]);
        resumed.push(crashesOf(again, 2));
        runs.push(...again);
      }
      const accepted = runs.flatMap((run) => run.accepted);
      const orders = new Set(accepted.map(({ order }) => order));
      const calls = (await oracle.calls()).filter(({ order }) => orders.has(order));
      const { lost, twice, outOfOrder, stray, repeatedCalls } = judge(accepted, calls, scenario);
      const wrongEnds = runs.filter(({ ends }) =>
        ends.some((end) => end === undefined || !scenario.ends.includes(end)),
      );
      report(`crash-sweep ${name}`, {
        seed,
        stride: STRIDE,
        first: crashesOf(first, 1),
        resumed,
        runs: runs.length,
        repeatedCalls,
      });
      expect(wrongEnds.map(({ moments, ends }) => ({ moments, ends }))).toEqual([]);
      expect(runs.filter(({ pending }) => pending > 0).map(({ moments }) => moments)).toEqual([]);
      expect({ twice, outOfOrder, stray }).toEqual({ twice: [], outOfOrder: [], stray: [] });
      if (scenario.atMostOnce) expect(repeatedCalls).toBe(0);
      else expect(lost).toEqual([]);
      expect(crashesOf(first, 1) * STRIDE).toBeGreaterThan(5);
    },
  );

  /** Tries one moment after the other until a worker is through before it comes to it. */
  async function sweep(scenario: SweepScenario, how: string, before: readonly number[]): Promise<SweepRun[]> {
    const runs: SweepRun[] = [];
    let next = 1 + (seed % STRIDE);
    let isThrough = false;
    await Promise.all(
      slots.map(async (slot) => {
        while (!isThrough) {
          const crashAt = next;
          next += STRIDE;
          const run = await slot.run(scenario, `${scenario.name}-${how}-${crashAt}`, [...before, crashAt]);
          runs.push(run);
          if (run.moments.length <= before.length) isThrough = true;
        }
      }),
    );
    return runs;
  }
});

/** Runs in which the worker died so often. */
function crashesOf(runs: readonly SweepRun[], times: number): number {
  return runs.filter(({ moments }) => moments.length === times).length;
}
