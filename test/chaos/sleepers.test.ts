import { setTimeout as sleep } from 'node:timers/promises';
import { connectBus } from '@crossdock/bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually } from '../fixtures/runtime.ts';
import { report } from './harness/figures.ts';
import { allReady } from './harness/fleet-worker.ts';
import { chainFlow, effectNode } from './harness/flows.ts';
import { growth, memoryOf, watchMemory } from './harness/memory.ts';
import { executionCount, isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { storeTriggers } from './harness/stored-triggers.ts';
import { percentiles } from './harness/verdict.ts';

const COUNT = executionCount(100_000);
const SECONDS = loadSeconds({ short: 3600, full: 3600 });
/** Wakings in a second, once the time has come. */
const PER_SECOND = 200;
const RESTART_MS = 15_000;
const FLAT = 1.1;

describe.runIf(isFull)('100,000 executions wait for an hour', { timeout: (SECONDS + 7200) * 1000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ workers: 2 });
    const { fleet, oracle } = stage;
    const until = { id: 'wait', type: 'wait', config: { for: 'until', until: '= $trigger.due' } };
    await deployFlow(fleet.control, chainFlow('sleep', [until, effectNode('effect', oracle.url('effect'))]));
  });
  afterAll(() => stage?.clear());

  test('memory stays flat, everything is back within 15 s of a total stop, and each of them wakes once', async () => {
    const { fleet, nats, oracle, view } = stage;
    const empty = memoryOf(fleet, [nats.pid]);
    const bus = await connectBus({ servers: nats.url, replicas: 1, name: 'chaos sleepers' });
    const wakeAt = Date.now() + SECONDS * 1000;
    const dueAt = (number: number): number => wakeAt + (number / PER_SECOND) * 1000;
    const sleepers = await storeTriggers(bus, COUNT, (number) => ({
      flowId: 'sleep',
      order: `s${number}`,
      payload: { due: new Date(dueAt(number)).toISOString() },
    }));
    await bus.close();
    await eventually('all sleep', 600_000, async () => (await view.pending()) === 0);
    expect(Date.now()).toBeLessThan(wakeAt - 120_000);

    await sleep(20_000);
    const memory = watchMemory(() => memoryOf(fleet, [nats.pid]), 10_000);
    await sleep(Math.min(1800_000, (wakeAt - Date.now()) / 2));
    memory.stop();

    await fleet.control.kill();
    for (const worker of fleet.workers) worker.killAll('dead');
    await nats.kill();
    const restartedAt = Date.now();
    await nats.restart();
    for (const worker of fleet.workers) worker.start();
    await Promise.all([fleet.control.restart(), allReady(fleet.workers)]);
    const restartMs = Date.now() - restartedAt;

    const journals = await view.journals();
    const timers = await view.timers();
    const unguarded = sleepers.filter(({ executionId: id }) => !journals.get(id)?.asleep || !timers.has(id));
    expect(unguarded).toEqual([]);

    await sleep(dueAt(COUNT) - Date.now());
    await eventually('all are through', 300_000, async () => ((await oracle.counts()).applied.effect ?? 0) >= COUNT);
    const calls = await oracle.calls();
    const lateness = percentiles(calls.map(({ at, order }) => at - dueAt(Number(order.slice(1)))));
    await fleet.readMeters();
    report('sleepers', {
      seed,
      count: COUNT,
      seconds: SECONDS,
      empty,
      asleep: [memory.samples[0]?.memory, memory.samples.at(-1)?.memory],
      growth: (['control', 'workers', 'nats'] as const).map((part) => growth(memory.samples, part)),
      restartMs,
      lateness,
      calls: calls.length,
    });
    expect(new Set(calls.map(({ order }) => order)).size).toBe(COUNT);
    expect(calls.length).toBe(COUNT);
    for (const part of ['control', 'workers', 'nats'] as const) expect(growth(memory.samples, part)).toBeLessThan(FLAT);
    expect(restartMs).toBeLessThanOrEqual(RESTART_MS);
    expect(fleet.total('crossdock_reconciler_repairs_total')).toBe(0);
  });
});
