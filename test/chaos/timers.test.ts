import { setTimeout as sleep } from 'node:timers/promises';
import { connectBus } from '@crossdock/bus';
import { seededChance } from '@crossdock/engine/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode } from './harness/flows.ts';
import { killNats, killWorker, startNemesis } from './harness/nemesis.ts';
import { executionCount, isFull, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { percentiles } from './harness/verdict.ts';

const COUNT = executionCount(100_000);
/** Timers that fire in a second, and triggers stored in a second at least. */
const PER_SECOND = 250;
const STORED_PER_SECOND = 400;
/** Of all: cancelled about when their timer fires, and rung by an event about when their timer fires. */
const RACE_SHARE = 0.01;
const RACE_MS = 300;
const IDLE_P99_MS = 1000;
const FAILOVER_P99_MS = 10_000;

interface Sleeper {
  order: string;
  executionId: string;
  dueAt: number;
  race?: 'cancel' | 'event';
}

describe.runIf(isFull)('100,000 timers are pending', { timeout: 3_600_000 }, () => {
  let stage: Stage;
  let revision: number;
  beforeAll(async () => {
    stage = await setStage();
    const { fleet, oracle } = stage;
    const effect = effectNode('effect', oracle.url('effect'));
    const until = { id: 'wait', type: 'wait', config: { for: 'until', until: '= $trigger.due' } };
    revision = await deployFlow(fleet.control, chainFlow('sleep', [until, effect]));
    const event = { for: 'event', key: '= $trigger.order', timeoutMs: '= $toMillis($trigger.due) - $millis()' };
    const race = chainFlow('race', [
      { id: 'wait', type: 'wait', config: event },
      effectNode('came', oracle.url('effect')),
    ]);
    race.nodes.push(effectNode('late', oracle.url('effect')));
    race.edges.push({ id: 'late', source: 'wait', sourceHandle: 'timeout', target: 'late', targetHandle: 'in' });
    await deployFlow(fleet.control, race);
  });
  afterAll(() => stage?.clear());

  test('each fires once and in time, also while servers and workers die and others cancel or ring', async () => {
    const { fleet, nats, oracle, view } = stage;
    const chance = seededChance(seed);
    const bus = await connectBus({ servers: nats.url, replicas: 1, name: 'chaos timers' });
    const firstDue = Date.now() + (COUNT / STORED_PER_SECOND) * 1000 + 20_000;
    const sleepers: Sleeper[] = [];
    let next = 0;
    const store = async (): Promise<void> => {
      for (let number = next++; number < COUNT; number = next++) {
        const draw = chance.next();
        const race = draw < RACE_SHARE ? 'cancel' : draw < 2 * RACE_SHARE ? 'event' : undefined;
        const dueAt = firstDue + Math.round((number / PER_SECOND) * 1000);
        const order = `t${number}`;
        const { executionId } = await bus.triggers.accept({
          flowId: race === 'event' ? 'race' : 'sleep',
          revision,
          env: 'dev',
          nodeId: 'hook',
          receivedAt: new Date().toISOString(),
          headers: {},
          keys: {},
          payload: { order, seq: 1, due: new Date(dueAt).toISOString() },
        });
        sleepers.push({ order, executionId, dueAt, ...(race ? { race } : {}) });
      }
    };
    await Promise.all(Array.from({ length: 32 }, store));
    const storedAt = Date.now();
    expect(storedAt).toBeLessThan(firstDue);

    const races = sleepers
      .filter(({ race }) => race !== undefined)
      .toSorted((a, b) => a.dueAt - b.dueAt)
      .map((sleeper) => ({ ...sleeper, at: sleeper.dueAt + chance.below(2 * RACE_MS) - RACE_MS }));
    const racing = runRaces(races);
    const lastDue = firstDue + (COUNT / PER_SECOND) * 1000;
    const faultsFrom = firstDue + (lastDue - firstDue) / 2;
    await sleep(faultsFrom - Date.now());
    const nemesis = startNemesis({
      seed,
      everyMs: [15_000, 30_000],
      strikes: [killNats(nats, [200, 4000]), killWorker(fleet.workers)],
    });
    await sleep(lastDue - Date.now());
    await nemesis.stop();
    await racing;

    const deadline = Date.now() + 120_000;
    const open = async () => {
      const journals = await view.journals();
      return sleepers.filter(({ executionId }) => {
        const status = journals.get(executionId)?.status;
        return status !== 'succeeded' && status !== 'cancelled';
      });
    };
    let missing = await open();
    while (missing.length > 0 && Date.now() < deadline) missing = await open();
    const journals = await view.journals();
    const calls = await oracle.calls();
    const byOrder = Map.groupBy(calls, ({ order }) => order);
    const late = (from: number, to: number) =>
      percentiles(
        sleepers
          .filter(({ race, dueAt }) => race === undefined && dueAt >= from && dueAt < to)
          .map(({ order, dueAt }) => (byOrder.get(order)?.[0]?.at ?? Number.POSITIVE_INFINITY) - dueAt),
      );
    const quiet = late(firstDue, faultsFrom);
    const troubled = late(faultsFrom, lastDue + 1);
    // A cancelled one may have been called: it was cancelled while the call was under way.
    const wrong = sleepers.filter(({ order, executionId }) => {
      const keys = new Set(byOrder.get(order)?.map(({ key }) => key));
      return journals.get(executionId)?.status === 'cancelled' ? keys.size > 1 : keys.size !== 1;
    });
    const repeated = calls.length - new Set(calls.map(({ key }) => key)).size;
    const repeatedQuiet = calls.filter(({ at }) => at < faultsFrom);
    const ends = (race: Sleeper['race']) =>
      Object.fromEntries(
        Map.groupBy(
          sleepers.filter((sleeper) => sleeper.race === race),
          ({ order, executionId }) =>
            race === 'event' ? byOrder.get(order)?.[0]?.node : journals.get(executionId)?.status,
        )
          .entries()
          .map(([how, some]) => [how, some.length]),
      );
    await fleet.readMeters();
    report('timers', {
      seed,
      count: COUNT,
      strikes: nemesis.struck.length,
      missing: missing.length,
      wrong: wrong.length,
      repeated,
      quiet,
      troubled,
      cancelRaces: ends('cancel'),
      eventRaces: ends('event'),
    });
    await bus.close();
    expect(missing).toEqual([]);
    expect(wrong).toEqual([]);
    expect(new Set(repeatedQuiet.map(({ key }) => key)).size).toBe(repeatedQuiet.length);
    expect(fleet.total('crossdock_reconciler_repairs_total')).toBe(0);
    expect(quiet.p99).toBeLessThanOrEqual(IDLE_P99_MS);
    expect(troubled.p99).toBeLessThanOrEqual(FAILOVER_P99_MS);

    async function runRaces(list: (Sleeper & { at: number })[]): Promise<void> {
      for (const { at, race, executionId, order } of list) {
        await sleep(Math.max(0, at - Date.now()));
        if (race === 'cancel') void fleet.control.api('POST', `/api/v1/executions/${executionId}/cancel`);
        else void bus.events.emit('dev', order, eventOf(order)).catch(() => undefined);
      }
    }
  });
});

function eventOf(order: string) {
  const time = new Date().toISOString();
  return { specversion: '1.0' as const, id: order, source: 'urn:chaos', type: 'chaos.rung.v1', time };
}
