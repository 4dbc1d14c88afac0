import { setTimeout as sleep } from 'node:timers/promises';
import { connectBus } from '@crossdock/bus';
import { type JournalSnapshot, TERMINAL_STATUSES } from '@crossdock/engine';
import { seededChance } from '@crossdock/engine/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode } from './harness/flows.ts';
import { killNats, killWorker, startNemesis } from './harness/nemesis.ts';
import type { Call } from './harness/oracle.ts';
import { executionCount, isFull, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { storeTriggers } from './harness/stored-triggers.ts';
import { percentiles } from './harness/verdict.ts';

const COUNT = executionCount(100_000);
/** Timers that fire in a second, and triggers stored in a second at least. */
const PER_SECOND = 250;
const STORED_PER_SECOND = 400;
/** Of all timers, so many are raced by someone who cancels, and so many by an event; each about when the timer fires. */
const RACE_SHARE = 0.01;
const RACE_MS = 300;
const IDLE_P99_MS = 1000;
const FAILOVER_P99_MS = 10_000;

interface Sleeper {
  order: string;
  executionId: string;
  dueAt: number;
  race: 'cancel' | 'event' | undefined;
}

describe.runIf(isFull)('100,000 timers are pending', { timeout: 3_600_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    const { fleet, oracle } = stage;
    const effect = (id: string) => effectNode(id, oracle.url('effect'));
    const until = { id: 'wait', type: 'wait', config: { for: 'until', until: '= $trigger.due' } };
    await deployFlow(fleet.control, chainFlow('sleep', [until, effect('effect')]));
    const timeoutMs = '= $toMillis($trigger.due) - $millis()';
    const event = { id: 'wait', type: 'wait', config: { for: 'event', key: '= $trigger.order', timeoutMs } };
    const race = chainFlow('race', [event, effect('came')]);
    race.nodes.push(effect('late'));
    race.edges.push({ id: 'late', source: 'wait', sourceHandle: 'timeout', target: 'late', targetHandle: 'in' });
    await deployFlow(fleet.control, race);
  });
  afterAll(() => stage?.clear());

  test('each fires once and in time, also while servers and workers die and others cancel or ring', async () => {
    const { fleet, nats, oracle } = stage;
    const chance = seededChance(seed);
    const firstDue = Date.now() + (COUNT / STORED_PER_SECOND) * 1000 + 20_000;
    const lastDue = firstDue + (COUNT / PER_SECOND) * 1000;
    const faultsFrom = (firstDue + lastDue) / 2;
    const bus = await connectBus({ servers: nats.url, replicas: 1, name: 'chaos timers' });
    const sleepers: Sleeper[] = await storeTriggers(bus, COUNT, (number) => {
      const draw = chance.next();
      const race: Sleeper['race'] = draw < RACE_SHARE ? 'cancel' : draw < 2 * RACE_SHARE ? 'event' : undefined;
      const dueAt = Math.round(firstDue + (number / PER_SECOND) * 1000);
      const flowId = race === 'event' ? 'race' : 'sleep';
      return { flowId, order: `t${number}`, payload: { due: new Date(dueAt).toISOString() }, dueAt, race };
    });
    expect(Date.now()).toBeLessThan(firstDue);

    const racing = disturbAll(sleepers, ({ race, executionId, order }) =>
      race === 'cancel'
        ? fleet.control.api('POST', `/api/v1/executions/${executionId}/cancel`)
        : bus.events.emit('dev', order, eventOf(order)),
    );
    await sleep(faultsFrom - Date.now());
    const strikes = [killNats(nats, [200, 4000]), killWorker(fleet.workers)];
    const nemesis = startNemesis({ seed, everyMs: [15_000, 30_000], strikes });
    await sleep(lastDue - Date.now());
    await nemesis.stop();
    await racing;
    await bus.close();

    const { journals, missing } = await allOver(stage, sleepers, 120_000);
    const calls = Map.groupBy(await oracle.calls(), ({ order }) => order);
    const wrong = sleepers.filter((sleeper) => !isRight(sleeper, journals, calls));
    const called = sleepers.filter(({ dueAt }) => dueAt < faultsFrom).flatMap(({ order }) => calls.get(order) ?? []);
    const repeatedWithoutFaults = called.length - new Set(called.map(({ key }) => key)).size;
    const isUndisturbed = ({ race }: Sleeper): boolean => race === undefined;
    const quiet = lateness(
      sleepers.filter((one) => isUndisturbed(one) && one.dueAt < faultsFrom),
      calls,
    );
    const troubled = lateness(
      sleepers.filter((one) => isUndisturbed(one) && one.dueAt >= faultsFrom),
      calls,
    );
    await fleet.readMeters();
    report('timers', {
      seed,
      count: COUNT,
      strikes: nemesis.struck.length,
      missing: missing.length,
      wrong: wrong.length,
      repeatedWithoutFaults,
      quiet,
      troubled,
      cancelled: sleepers.filter(({ executionId }) => journals.get(executionId)?.status === 'cancelled').length,
      rung: sleepers.filter(({ order }) => calls.get(order)?.[0]?.node === 'came').length,
    });
    expect(missing).toEqual([]);
    expect(wrong).toEqual([]);
    expect(repeatedWithoutFaults).toBe(0);
    expect(fleet.total('crossdock_reconciler_repairs_total')).toBe(0);
    expect(quiet.p99).toBeLessThanOrEqual(IDLE_P99_MS);
    expect(troubled.p99).toBeLessThanOrEqual(FAILOVER_P99_MS);

    async function disturbAll(all: readonly Sleeper[], disturb: (sleeper: Sleeper) => Promise<unknown>): Promise<void> {
      const moments = all
        .filter(({ race }) => race !== undefined)
        .map((sleeper) => ({ sleeper, at: sleeper.dueAt + chance.below(2 * RACE_MS) - RACE_MS }))
        .toSorted((a, b) => a.at - b.at);
      for (const { sleeper, at } of moments) {
        await sleep(Math.max(0, at - Date.now()));
        // While the server is away nobody is disturbed.
        disturb(sleeper).catch(() => undefined);
      }
    }
  });
});

/** Waits until all have ended; gives those that have not when time is up. */
async function allOver({ view }: Stage, sleepers: readonly Sleeper[], withinMs: number) {
  const ended = new Set<string>(TERMINAL_STATUSES);
  const deadline = Date.now() + withinMs;
  for (;;) {
    const journals = await view.journals();
    const missing = sleepers.filter(({ executionId }) => !ended.has(journals.get(executionId)?.status ?? ''));
    if (missing.length === 0 || Date.now() > deadline) return { journals, missing };
  }
}

type Journals = ReadonlyMap<string, JournalSnapshot>;
type CallsOf = ReadonlyMap<string, readonly Call[]>;

/** Exactly one effect; at most one where it was cancelled, as that may have been while the call was under way. */
function isRight({ order, executionId, race }: Sleeper, journals: Journals, calls: CallsOf): boolean {
  const effects = new Set(calls.get(order)?.map(({ key }) => key)).size;
  const status = journals.get(executionId)?.status;
  return status === 'succeeded' ? effects === 1 : status === 'cancelled' && race === 'cancel' && effects <= 1;
}

/** From the moment when the timer was due to the effect. */
function lateness(sleepers: readonly Sleeper[], calls: CallsOf) {
  return percentiles(sleepers.map(({ order, dueAt }) => (calls.get(order)?.[0]?.at ?? Infinity) - dueAt));
}

function eventOf(order: string) {
  const time = new Date().toISOString();
  return { specversion: '1.0' as const, id: order, source: 'urn:chaos', type: 'chaos.rung.v1', time };
}
