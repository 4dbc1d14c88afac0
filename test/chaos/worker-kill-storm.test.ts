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

const SECONDS = loadSeconds({ short: 20, full: 90 });
/** The figure to reach counts where nothing else runs beside it: a lease of the last killed worker alone takes `ack_wait`, 8 s. */
const DRAIN_MS = isFull ? 10_000 : 30_000;
const LOAD_OUTLASTS_MS = 1000;

describe('a worker is killed every 0.5 to 1 s under 100 orders a second', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    const { fleet, oracle } = stage;
    const first = effectNode('first', oracle.url('first'));
    const last = effectNode('last', oracle.url('last'));
    await deployFlow(fleet.control, chainFlow('storm', [mappingNode('map'), first, mappingNode('again'), last]));
  });
  afterAll(() => stage?.clear());

  test('every order has each of its two effects once, and all are through soon after the last kill', async () => {
    const { fleet, oracle } = stage;
    await oracle.setFaults('first', { rejectShare: 0.03, cutShare: 0.03 });
    await oracle.setFaults('last', { rejectShare: 0.03, cutShare: 0.03 });
    const load = startLoad({ url: fleet.control.url, path: 'storm', perSecond: 100 });
    const nemesis = startNemesis({ seed, everyMs: [500, 1000], strikes: [killWorker(fleet.workers)] });
    await sleep(SECONDS * 1000);
    await nemesis.stop();
    await sleep(LOAD_OUTLASTS_MS);
    await load.stop();
    const result = await aftermath(stage, load.accepted, { nodes: ['first', 'last'], withinMs: 60_000 });
    const { accepted, repeatedCalls, drainMs, latency } = result;
    report('worker-kill-storm', {
      seed,
      seconds: SECONDS,
      kills: nemesis.struck.length,
      accepted,
      repeatedCalls,
      drainMs,
      latency,
    });
    expect(result).toMatchObject(NOTHING_WRONG);
    expect(drainMs).toBeLessThanOrEqual(DRAIN_MS);
  });
});
