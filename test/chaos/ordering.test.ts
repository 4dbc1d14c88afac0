import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { freezeNats, freezeWorker, killNats, killWorker, startNemesis } from './harness/nemesis.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';

const SECONDS = loadSeconds({ short: 30, full: 1800 });
/** The long form freezes nats-server for up to 20 s at a time, and what waited then is to be caught up with between two strikes. */
const PER_SECOND = isFull ? 25 : 50;
const KEYS = 50;
/** The third try comes by a durable timer: the head of a lane goes to sleep, and others of its lane ring meanwhile. */
const retry = { maxAttempts: 30, initialDelayMs: 300, factor: 4, maxDelayMs: 4000, jitter: 0.2 };

describe('orders of 50 keys while workers and nats-server are killed and frozen', {
  timeout: SECONDS * 1000 + 400_000,
}, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    const { fleet, oracle } = stage;
    for (const target of ['first', 'last']) await oracle.setFaults(target, { rejectShare: 0.1, cutShare: 0.03 });
    const nodes = [
      mappingNode('map'),
      effectNode('first', oracle.url('first'), { retry }),
      effectNode('last', oracle.url('last'), { retry }),
    ];
    await deployFlow(fleet.control, chainFlow('lanes', nodes, { orderingKey: 'order' }));
  });
  afterAll(() => stage?.clear());

  test('none is lost, none done twice, and no order begins before the one ahead of it in its key is through', async () => {
    const { fleet, nats } = stage;
    const load = startLoad({ url: fleet.control.url, path: 'lanes', perSecond: PER_SECOND, orders: KEYS });
    const freezeMs = isFull ? ([7000, 60_000] as const) : ([7000, 12_000] as const);
    const nemeses = [
      startNemesis({ seed, everyMs: [2000, 5000], strikes: [killWorker(fleet.workers)] }),
      startNemesis({ seed: seed + 1, everyMs: [4000, 15_000], strikes: [freezeWorker(fleet.workers, freezeMs)] }),
      startNemesis({
        seed: seed + 2,
        everyMs: [8000, 20_000],
        strikes: [killNats(nats, [200, 2000]), freezeNats(nats, isFull ? [5000, 20_000] : [3000, 6000])],
      }),
    ];
    await sleep(SECONDS * 1000);
    await Promise.all(nemeses.map((nemesis) => nemesis.stop()));
    await load.stop();
    const result = await aftermath(stage, load.accepted, {
      nodes: ['first', 'last'],
      inOrder: true,
      withinMs: 180_000,
    });
    const { accepted, repeatedCalls, drainMs, latency } = result;
    const strikes = nemeses.map(({ struck }) => struck.length);
    report('ordering', {
      seed,
      seconds: SECONDS,
      strikes,
      accepted,
      outOfOrder: result.outOfOrder.length,
      repeatedCalls,
      drainMs,
      latency,
    });
    expect(result).toMatchObject(NOTHING_WRONG);
  });
});
