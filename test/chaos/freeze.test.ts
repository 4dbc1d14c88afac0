import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { watchJournal } from './harness/journal-watch.ts';
import { startLoad } from './harness/load.ts';
import { freezeNats, freezeWorker, startNemesis } from './harness/nemesis.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';

const SECONDS = loadSeconds({ short: 60, full: 300 });
const DRAIN_MS = 30_000;

describe.runIf(isFull)('workers are frozen for 7 to 60 s and nats-server for 5 to 20 s', { timeout: 900_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    const { fleet, oracle } = stage;
    // Slow enough that what is frozen holds calls of which nobody knows the outcome.
    await oracle.setFaults('first', { delayMs: 200, cutShare: 0.02 });
    const nodes = [
      mappingNode('map'),
      effectNode('first', oracle.url('first')),
      effectNode('last', oracle.url('last')),
    ];
    await deployFlow(fleet.control, chainFlow('freeze', nodes));
  });
  afterAll(() => stage?.clear());

  test('no late write is taken, and every order has each of its effects once', async () => {
    const { fleet, nats } = stage;
    const journal = await watchJournal(nats.url);
    const load = startLoad({ url: fleet.control.url, path: 'freeze', perSecond: 50 });
    const nemeses = [
      startNemesis({ seed, everyMs: [1000, 4000], strikes: [freezeWorker(fleet.workers, [7000, 60_000])] }),
      startNemesis({ seed: seed + 1, everyMs: [3000, 9000], strikes: [freezeWorker(fleet.workers, [7000, 20_000])] }),
      startNemesis({ seed: seed + 2, everyMs: [15_000, 30_000], strikes: [freezeNats(nats, [5000, 20_000])] }),
    ];
    await sleep(SECONDS * 1000);
    await Promise.all(nemeses.map((nemesis) => nemesis.stop()));
    await load.stop();
    const result = await aftermath(stage, load.accepted, { nodes: ['first', 'last'], withinMs: 120_000 });
    // What was frozen has woken by now; its writes have had their time.
    await sleep(2000);
    const { accepted, repeatedCalls, drainMs, latency } = result;
    const freezes = nemeses.map(({ struck }) => struck.length);
    report('freeze', {
      seed,
      seconds: SECONDS,
      freezes,
      accepted,
      repeatedCalls,
      drainMs,
      latency,
      writes: journal.writes(),
      wrong: journal.wrong,
      refusals: load.refusals,
    });
    await journal.stop();
    expect(journal.wrong).toEqual([]);
    expect(result).toMatchObject(NOTHING_WRONG);
    expect(drainMs).toBeLessThanOrEqual(DRAIN_MS);
  });
});
