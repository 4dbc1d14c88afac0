import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { killWorker, startNemesis } from './harness/nemesis.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';

const DOWN_SECONDS = loadSeconds({ short: 40, full: 90 });
const OPEN_MS = 2000;
/** Calls that were under way, in all workers, when the breaker opened. */
const STRAGGLERS_MS = 2000;

describe.runIf(isFull)(
  'a remote is down behind a circuit breaker, and four workers that are killed share it',
  {
    timeout: 900_000,
  },
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage();
      const { fleet, oracle } = stage;
      const broken = effectNode('broken', oracle.url('broken'), {
        breaker: { failures: 5, windowMs: 10_000, openMs: OPEN_MS, maxOpenMs: 4 * OPEN_MS },
        retry: { maxAttempts: 1000, initialDelayMs: 500, factor: 2, maxDelayMs: 5000, jitter: 0.2 },
      });
      await deployFlow(fleet.control, chainFlow('broken', [mappingNode('map'), broken]));
    });
    afterAll(() => stage?.clear());

    test('one call at a time tries it out, no more often than the pause allows, and all arrive when it is back', async () => {
      const { fleet, oracle } = stage;
      const load = startLoad({ url: fleet.control.url, path: 'broken', perSecond: 20 });
      const nemesis = startNemesis({ seed, everyMs: [4000, 8000], strikes: [killWorker(fleet.workers)] });
      await sleep(5000);
      await oracle.setFaults('broken', { downForMs: DOWN_SECONDS * 1000 });
      const downAt = Date.now();
      await sleep(DOWN_SECONDS * 1000);
      const upAt = Date.now();
      await nemesis.stop();
      await sleep(5000);
      await load.stop();
      const result = await aftermath(stage, load.accepted, { nodes: ['broken'], withinMs: 180_000 });
      const refused = (await oracle.calls()).filter(({ outcome }) => outcome === 'rejected').map(({ at }) => at);
      const probes = refused.filter((at) => at > (refused[0] ?? downAt) + STRAGGLERS_MS);
      const gaps = probes.slice(1).map((at, index) => at - (probes[index] ?? 0));
      report('breaker', {
        seed,
        downSeconds: DOWN_SECONDS,
        kills: nemesis.struck.length,
        accepted: result.accepted,
        callsWhileDown: refused.length,
        probes: probes.length,
        shortestGapMs: Math.min(...gaps),
        recoveryMs: result.lastEffectAt - upAt,
        drainMs: result.drainMs,
      });
      expect(result).toMatchObject(NOTHING_WRONG);
      expect(gaps.filter((ms) => ms < OPEN_MS * 0.9)).toEqual([]);
      expect(probes.length).toBeGreaterThan(2);
    });
  },
);
