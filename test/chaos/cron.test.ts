import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually } from '../fixtures/runtime.ts';
import { report } from './harness/figures.ts';
import { allReady } from './harness/fleet-worker.ts';
import { effectNode, triggeredFlow } from './harness/flows.ts';
import { killNats, killWorker, startNemesis } from './harness/nemesis.ts';
import type { Call } from './harness/oracle.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { percentiles } from './harness/verdict.ts';

const SECONDS = loadSeconds({ short: 40, full: 120 });
const DOWN_MS = 70_000;
/** As late as a tick may come without having been missed, and time for the start of everything at once. */
const ON_TIME_MS = 30_000 + 15_000;
/** Around the time when nobody was there to tick. */
const MARGIN_MS = 4000;
const POLICIES = ['all', 'last', 'none'] as const;

describe.runIf(isFull)(
  'schedules of every second, four workers, deaths, and a time when nobody is there',
  {
    timeout: 900_000,
  },
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage();
      const { fleet, oracle } = stage;
      for (const catchUp of POLICIES) {
        const effect = effectNode('effect', oracle.url('effect'));
        effect.config.body = `= { 'order': $meta.flowId, 'seq': $toMillis($trigger.scheduledAt) / 1000, 'node': $meta.nodeId,
        'execution': $meta.executionId }`;
        const everySecond = { type: 'schedule', config: { cron: '* * * * * *', timeZone: 'UTC', catchUp } };
        await deployFlow(fleet.control, triggeredFlow(`tick-${catchUp}`, everySecond, [effect]));
      }
    });
    afterAll(() => stage?.clear());

    test('every second is one execution; what was missed is made up for as the policy says', async () => {
      const { fleet, nats, oracle, view } = stage;
      await sleep(3000);
      const nemesis = startNemesis({
        seed,
        everyMs: [1500, 4000],
        strikes: [killWorker(fleet.workers), killWorker(fleet.workers), killNats(nats, [100, 1000])],
      });
      await sleep(SECONDS * 1000);
      await nemesis.stop();
      const outages = nemesis.struck
        .filter(({ what }) => what.includes('nats'))
        .map(({ at }) => ({ from: at - MARGIN_MS, to: at + 2 * MARGIN_MS }));

      const downAt = Date.now();
      await fleet.control.kill();
      for (const worker of fleet.workers) worker.killAll('dead');
      await sleep(DOWN_MS);
      for (const worker of fleet.workers) worker.start();
      await fleet.control.restart();
      await allReady(fleet.workers);
      const down = { from: downAt - 1000, to: Date.now() + MARGIN_MS };
      await sleep(15_000);

      const until = Math.floor(Date.now() / 1000) - 5;
      await eventually('all ticks are worked off', 60_000, async () => (await view.pending()) <= POLICIES.length);
      const calls = (await oracle.calls()).filter(({ seq }) => seq <= until);
      const figures = POLICIES.map((policy) => ({ policy, ...ticksOf(calls, `tick-${policy}`, down) }));
      const lateness = percentiles(
        calls
          .filter(({ at }) => ![...outages, down].some(({ from, to }) => at >= from && at <= to))
          .map(({ at, seq }) => at - seq * 1000),
      );
      await fleet.readMeters();
      report('cron', { seed, seconds: SECONDS, strikes: nemesis.struck.length, figures, lateness });
      for (const { twice } of figures) expect(twice).toEqual([]);
      const [all, last, none] = figures;
      expect(all?.missing).toEqual([]);
      expect(all?.late).toBeGreaterThanOrEqual((DOWN_MS - ON_TIME_MS) / 1000 - 1);
      expect(last?.missing.filter((tick) => !isWithin(tick, [down, ...outages]))).toEqual([]);
      expect(last?.missing.length).toBeGreaterThanOrEqual(DOWN_MS / 1000 - 3);
      expect(none?.missing.length).toBeGreaterThanOrEqual((DOWN_MS - ON_TIME_MS) / 1000 - 1);
      expect(none?.missing.filter((tick) => !isWithin(tick, [down, ...outages]))).toEqual([]);
      expect(none?.late).toBe(0);
      expect(fleet.total('crossdock_reconciler_repairs_total')).toBe(0);
    });
  },
);

interface Period {
  from: number;
  to: number;
}

function isWithin(tick: number, periods: readonly Period[]): boolean {
  return periods.some(({ from, to }) => tick * 1000 >= from && tick * 1000 <= to);
}

/** Seconds that ran twice or not at all, and how many ran after they had been missed. */
function ticksOf(calls: readonly Call[], flow: string, down: Period) {
  const byTick = Map.groupBy(
    calls.filter(({ order }) => order === flow),
    ({ seq }) => seq,
  );
  const ticks = [...byTick.keys()].toSorted((a, b) => a - b);
  const [first = 0] = ticks;
  const last = ticks.at(-1) ?? 0;
  const every = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return {
    ticks: ticks.length,
    twice: ticks.filter((tick) => new Set(byTick.get(tick)?.map(({ key }) => key)).size > 1),
    missing: every.filter((tick) => !byTick.has(tick)),
    late: ticks.filter((tick) => tick * 1000 > down.from && (byTick.get(tick)?.[0]?.at ?? 0) - tick * 1000 > ON_TIME_MS)
      .length,
  };
}
