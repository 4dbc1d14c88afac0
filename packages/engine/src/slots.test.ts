import { describe, expect, it } from 'vitest';
import { createSlotGate, type Stay } from './slots.ts';
import { createWorkbench, settleMicrotasks, testFlow, unavailable } from './testing/index.ts';

const live = new AbortController().signal;

/** Visits that must be let in. */
function visits(gate: ReturnType<typeof createSlotGate>, count: number, flowId = 'flow'): Stay[] {
  return Array.from({ length: count }, () => {
    const stay = gate.visit(flowId, 'node');
    if (typeof stay === 'string') throw new TypeError(`refused as ${stay}`);
    return stay;
  });
}

describe('the slot gate', () => {
  it('lets in as many as there are slots, then first come first served', async () => {
    const gate = createSlotGate(1, { now: () => 0 });
    const order: number[] = [];
    const first = await gate.enter(live);
    const waiting = [1, 2].map((nth) =>
      gate.enter(live).then((slot) => {
        order.push(nth);
        slot.leave();
      }),
    );
    expect(gate.busy()).toBe(1);
    first.leave();
    first.leave();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2]);
    expect(gate.busy()).toBe(0);
  });

  it('lets go of one who stops waiting', async () => {
    const gate = createSlotGate(1, { now: () => 0 });
    const first = await gate.enter(live);
    const stop = new AbortController();
    const waiting = gate.enter(stop.signal);
    stop.abort(new Error('stopping'));
    await expect(waiting).rejects.toThrow('stopping');
    first.leave();
    expect(gate.busy()).toBe(0);
  });

  it('refuses a node that fails once it holds half of the slots, and no other node', () => {
    const gate = createSlotGate(8, { now: () => 0 });
    const stays = visits(gate, 4);
    for (const stay of stays) stay.attempted(false);
    expect(gate.visit('flow', 'node')).toBe('failing');
    visits(gate, 4, 'other flow');
    stays[0]!.leave();
    visits(gate, 1);
  });

  it('is busy, not failing, for a node that has shown nothing yet, and for one that hangs', () => {
    const gate = createSlotGate(8, { now: () => 0 });
    const stays = visits(gate, 4);
    expect(gate.visit('flow', 'node')).toBe('busy');
    stays[0]!.attempted(true);
    stays[0]!.leave();
    const more = visits(gate, 4);
    expect(more).toHaveLength(4);
    expect(gate.visit('flow', 'node')).toBe('busy');
  });

  it('lets a node that works have every slot', () => {
    const gate = createSlotGate(8, { now: () => 0 });
    const stays = visits(gate, 3);
    for (const stay of stays) stay.attempted(true);
    const more = visits(gate, 3);
    more[0]!.attempted(true);
    expect(visits(gate, 2)).toHaveLength(2);
  });

  it('forgets failures of long ago', () => {
    let now = 0;
    const gate = createSlotGate(8, { now: () => now });
    for (const stay of visits(gate, 4)) {
      stay.attempted(false);
      stay.leave();
    }
    now = 120_000;
    visits(gate, 4);
    expect(gate.visit('flow', 'node')).toBe('busy');
  });
});

describe('a worker whose target is down', () => {
  const flow = testFlow({ hook: 'trigger', a: { type: 'effect', retry: { initialDelayMs: 500 } } }, ['hook>a']);

  it('keeps half of its slots for others and puts the rest to sleep durably, without counting an attempt', async () => {
    const bench = createWorkbench(flow, {
      options: { slots: 4 },
      behaviour: ({ nodeId }) => {
        if (nodeId === 'a') throw unavailable();
      },
    });
    const messages = Array.from({ length: 10 }, () => bench.accept());
    const carried = messages.map((message) => bench.engine.carry(bench.lease(message), live));
    const until = bench.clock.now() + 1_200;
    for (;;) {
      for (let turn = 0; turn < 5; turn++) await settleMicrotasks();
      const next = bench.clock.nextAlarm();
      if (next === undefined || next > until) break;
      bench.clock.moveTo(next);
    }
    const deferred = messages.filter((message) => bench.snapshot(message)?.frontier[0]?.deferrals === 1);
    expect(deferred.length).toBeGreaterThanOrEqual(6);
    for (const message of deferred) {
      expect(bench.snapshot(message)).toMatchObject({ status: 'waiting', frontier: [{ attempts: 0 }] });
      expect(message.acked).toBe(true);
    }
    expect(bench.engine.busySlots()).toBeLessThanOrEqual(2);
    for (let turn = 0; turn < 40; turn++) {
      const next = bench.clock.nextAlarm();
      if (next !== undefined) bench.clock.moveTo(next);
      await settleMicrotasks();
    }
    await Promise.all(carried);
    expect(messages.every((message) => bench.snapshot(message)?.status === 'waiting')).toBe(true);
  });

  it('never lets a target that hangs hold more than half, so another flow starts at once', async () => {
    let hanging = 0;
    const bench = createWorkbench(flow, {
      options: { slots: 4 },
      behaviour: ({ nodeId }) => {
        if (nodeId !== 'a') return undefined;
        hanging += 1;
        return new Promise(() => undefined);
      },
    });
    for (let at = 0; at < 8; at++) void bench.engine.carry(bench.lease(bench.accept()), live);
    for (let turn = 0; turn < 10; turn++) await settleMicrotasks();
    expect(hanging).toBe(2);
    expect(bench.engine.busySlots()).toBe(2);
  });
});
