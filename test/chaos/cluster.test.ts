import { setTimeout as sleep } from 'node:timers/promises';
import type { TestNatsCluster } from '@crossdock/bus/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { freezeLeader, killLeader, killWorker, startNemesis } from './harness/nemesis.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setClusterStage } from './harness/stage.ts';

const SECONDS = loadSeconds({ short: 25, full: 300 });
const STREAMS = ['EVT', 'JRN', 'RUN'];

describe('a cluster of three nats-servers loses its leaders while workers are killed', {
  timeout: SECONDS * 1000 + 400_000,
}, () => {
  let stage: Stage<TestNatsCluster>;
  beforeAll(async () => {
    stage = await setClusterStage({ workers: 3 });
    const { fleet, oracle } = stage;
    for (const target of ['first', 'last']) await oracle.setFaults(target, { rejectShare: 0.03, cutShare: 0.03 });
    const nodes = [
      mappingNode('map'),
      effectNode('first', oracle.url('first')),
      effectNode('last', oracle.url('last')),
    ];
    await deployFlow(fleet.control, chainFlow('lanes', nodes, { orderingKey: 'order' }));
    await deployFlow(fleet.control, chainFlow('free', nodes));
  });
  afterAll(() => stage?.clear());

  test('nothing is lost, nothing done twice, and every key keeps its order', async () => {
    const { fleet, nats } = stage;
    const { url } = fleet.control;
    const loads = [
      startLoad({ url, path: 'free', perSecond: 25, prefix: 'f' }),
      startLoad({ url, path: 'lanes', perSecond: 15, orders: 15, prefix: 'l' }),
    ];
    const downMs = isFull ? ([1000, 15_000] as const) : ([1000, 4000] as const);
    const strikes = [
      killLeader(nats, STREAMS, downMs),
      ...(isFull ? [freezeLeader(nats, STREAMS, [5000, 20_000])] : []),
    ];
    const nemeses = [
      startNemesis({ seed, everyMs: [5000, 8000], strikes }),
      startNemesis({ seed: seed + 1, everyMs: [2000, 6000], strikes: [killWorker(fleet.workers)] }),
    ];
    await sleep(SECONDS * 1000);
    await Promise.all(nemeses.map((nemesis) => nemesis.stop()));
    await Promise.all(loads.map((load) => load.stop()));
    const accepted = loads.flatMap((load) => load.accepted);
    const result = await aftermath(stage, accepted, { nodes: ['first', 'last'], inOrder: true, withinMs: 180_000 });
    const { repeatedCalls, drainMs, latency, outOfOrder } = result;
    report('cluster', {
      seed,
      seconds: SECONDS,
      strikes: nemeses.map(({ struck }) => struck.length),
      accepted: accepted.length,
      outOfOrder: outOfOrder.length,
      repeatedCalls,
      drainMs,
      latency,
      refusals: loads.map(({ refusals }) => refusals),
      longestRefusalMs: Math.max(...accepted.map(({ sentAt, acceptedAt }) => acceptedAt - sentAt)),
    });
    expect(result).toMatchObject(NOTHING_WRONG);
  });
});
