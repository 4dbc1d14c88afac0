import { describe, expect, it } from 'vitest';
import type { Command } from './records.ts';
import {
  createWorkbench,
  type LeaseMessage,
  settleMicrotasks,
  testFlow,
  unavailable,
  type Workbench,
} from './testing/index.ts';

const flowWith = (onDoubt?: 'ask' | 'retry' | 'skip') =>
  testFlow(
    {
      hook: 'trigger',
      pay: { type: 'effect', idempotency: 'none', ...(onDoubt ? { onDoubt } : {}) },
      z: 'effect',
    },
    ['hook>pay', 'pay>z'],
  );

const resolve = (
  { bench, message }: { bench: Workbench; message: LeaseMessage },
  outcome: 'done' | 'repeat' | 'fail',
  output?: unknown,
): Command => ({
  type: 'resolve',
  by: 'Ada',
  nodeId: 'pay',
  iteration: 0,
  doubtId: bench.snapshot(message)?.frontier.flatMap(({ wait }) => (wait?.kind === 'doubt' ? wait.id : []))[0] ?? '',
  outcome,
  ...(output === undefined ? {} : { output }),
});

/** A worker dies while the call is under way: its intent is recorded, its end is not. */
async function dieDuringCall(
  onDoubt?: 'ask' | 'retry' | 'skip',
): Promise<{ bench: Workbench; message: LeaseMessage; calls: string[]; inputs: unknown[] }> {
  const calls: string[] = [];
  const inputs: unknown[] = [];
  const flow = flowWith(onDoubt);
  const dying = createWorkbench(flow, { behaviour: () => new Promise(() => undefined) });
  const message = dying.accept({ no: 1 });
  void dying.engine.carry(
    { ...dying.lease(message), ack: () => undefined, release: () => undefined },
    new AbortController().signal,
  );
  for (let turn = 0; turn < 5; turn++) await settleMicrotasks();
  message.held = false;
  const bench = createWorkbench(flow, {
    after: dying,
    behaviour: ({ nodeId, input }) => {
      calls.push(nodeId);
      inputs.push(input);
    },
  });
  return { bench, message, calls, inputs };
}

describe('a call that cannot be repeated', () => {
  it('is recorded before it is made, so that a successor knows of it and asks a person', async () => {
    const { bench, message, calls } = await dieDuringCall();
    expect(bench.snapshot(message)?.frontier[0]?.intent).toMatchObject({ attempt: 1 });
    await bench.carry(message);
    expect(calls).toEqual([]);
    expect(bench.snapshot(message)).toMatchObject({ status: 'in-doubt', asleep: true });
    expect(bench.bus.timers.size).toBe(0);
    expect(message.acked).toBe(true);
  });

  it('goes on as the person says: done with an output, again, or failed', async () => {
    const done = await dieDuringCall();
    await done.bench.carry(done.message);
    done.bench.bus.command(done.message.address, resolve(done, 'done', { paid: true }));
    await done.bench.settle();
    expect(done.calls).toEqual(['z']);
    expect(done.inputs).toEqual([{ paid: true }]);
    expect(done.bench.snapshot(done.message)?.status).toBe('succeeded');
    const decided = done.bench.snapshot(done.message)?.spans.filter(({ decidedBy }) => decidedBy !== undefined);
    expect(decided).toMatchObject([{ nodeId: 'pay', status: 'succeeded', decidedBy: 'Ada' }]);

    const again = await dieDuringCall();
    await again.bench.carry(again.message);
    again.bench.bus.command(again.message.address, resolve(again, 'repeat'));
    again.bench.bus.command(again.message.address, resolve(again, 'done'));
    await again.bench.settle();
    expect(again.calls).toEqual(['pay', 'z']);

    const failed = await dieDuringCall();
    await failed.bench.carry(failed.message);
    failed.bench.bus.command(failed.message.address, resolve(failed, 'fail'));
    await failed.bench.settle();
    expect(failed.bench.snapshot(failed.message)).toMatchObject({ status: 'failed', error: { code: 'RUN_IN_DOUBT' } });
  });

  it('a person may take days: they do not count against the time limit of the flow', async () => {
    const { bench, message } = await dieDuringCall();
    await bench.carry(message);
    bench.clock.moveTo(bench.clock.now() + 5 * 86_400_000);
    bench.bus.command(message.address, resolve({ bench, message }, 'done'));
    await bench.settle();
    expect(bench.snapshot(message)?.status).toBe('succeeded');
  });

  it('with "retry" is made again, with "skip" is taken for done', async () => {
    const retry = await dieDuringCall('retry');
    await retry.bench.carry(retry.message);
    expect(retry.calls).toEqual(['pay', 'z']);
    const skip = await dieDuringCall('skip');
    await skip.bench.carry(skip.message);
    expect(skip.calls).toEqual(['z']);
  });

  it('is in doubt after an unclear answer, and tried again after a clear one', async () => {
    let refusals = 2;
    const bench = createWorkbench(flowWith(), {
      behaviour: ({ nodeId }) => {
        if (nodeId !== 'pay') return;
        if (refusals-- > 0) throw Object.assign(unavailable(), { details: { remote: 'x', reached: false } });
        throw unavailable();
      },
    });
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({
      status: 'in-doubt',
      frontier: [{ nodeId: 'pay', attempts: 3, wait: { kind: 'doubt', error: { code: 'REMOTE_UNAVAILABLE' } } }],
    });
    // Days later somebody says that it was done: the call itself took no longer for that.
    bench.clock.moveTo(bench.clock.now() + 5 * 86_400_000);
    bench.bus.command(message.address, resolve({ bench, message }, 'done'));
    await bench.settle();
    const call = bench.snapshot(message)?.spans.find(({ decidedBy }) => decidedBy !== undefined);
    expect(call).toMatchObject({ nodeId: 'pay', status: 'succeeded' });
    expect(call?.durationMs).toBeLessThan(60_000);
  });
});
