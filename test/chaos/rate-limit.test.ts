import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { killWorker, startNemesis } from './harness/nemesis.ts';
import type { Call } from './harness/oracle.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';

const SECONDS = loadSeconds({ short: 40, full: 90 });
const LIMIT = 100;
const WINDOW_MS = 10_000;
/** Of the limit in any ten seconds. */
const TOLERANCE = 1.05;

describe.runIf(isFull)(
  'a remote takes 100 calls a second, and four workers that are killed want 150',
  {
    timeout: 900_000,
  },
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage();
      const { fleet, oracle } = stage;
      const limited = effectNode('limited', oracle.url('limited'), { rateLimit: { limit: LIMIT, periodMs: 1000 } });
      await deployFlow(fleet.control, chainFlow('limited', [mappingNode('map'), limited]));
    });
    afterAll(() => stage?.clear());

    test('at most 105 arrive in a second, over any ten, and all arrive in the end', async () => {
      const { fleet, oracle } = stage;
      const load = startLoad({ url: fleet.control.url, path: 'limited', perSecond: LIMIT * 1.5 });
      const nemesis = startNemesis({ seed, everyMs: [2000, 5000], strikes: [killWorker(fleet.workers)] });
      await sleep(SECONDS * 1000);
      await nemesis.stop();
      await load.stop();
      const result = await aftermath(stage, load.accepted, { nodes: ['limited'], withinMs: SECONDS * 1000 + 120_000 });
      const busiest = busiestWindow(await oracle.calls()) / (WINDOW_MS / 1000);
      const { accepted, repeatedCalls, drainMs, lastEffectAt } = result;
      const perSecond = accepted / ((lastEffectAt - (load.accepted[0]?.sentAt ?? 0)) / 1000);
      report('rate-limit', {
        seed,
        seconds: SECONDS,
        kills: nemesis.struck.length,
        accepted,
        busiest,
        perSecond,
        repeatedCalls,
        drainMs,
      });
      expect(result).toMatchObject(NOTHING_WRONG);
      expect(busiest).toBeLessThanOrEqual(LIMIT * TOLERANCE);
    });
  },
);

/** The most calls that arrived within any ten seconds. */
function busiestWindow(calls: readonly Call[]): number {
  let from = 0;
  let most = 0;
  calls.forEach(({ at }, index) => {
    while ((calls[from]?.at ?? at) <= at - WINDOW_MS) from++;
    most = Math.max(most, index - from + 1);
  });
  return most;
}
