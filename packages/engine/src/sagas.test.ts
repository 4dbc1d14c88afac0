import { FlowError } from '@crossdock/errors';
import { describe, expect, it } from 'vitest';
import { idempotencyKey } from './idempotency-key.ts';
import { type Behaviour, createWorkbench, testFlow, unavailable } from './testing/index.ts';

const rejected = (): FlowError => new FlowError('REMOTE_REJECTED', { details: { remote: 'x', status: 422 } });

const flow = testFlow(
  {
    hook: 'trigger',
    reserve: { type: 'effect', compensate: 'release' },
    book: { type: 'effect', compensate: 'unbook' },
    bill: { type: 'effect', retry: { maxAttempts: 1 } },
    release: 'effect',
    unbook: { type: 'effect', retry: { maxAttempts: 3, initialDelayMs: 60_000 } },
  },
  ['hook>reserve', 'reserve>book', 'book>bill'],
);

function watched(fail: Behaviour): { calls: [string, unknown, string][]; behaviour: Behaviour } {
  const calls: [string, unknown, string][] = [];
  return {
    calls,
    behaviour: (call) => {
      const failed = fail(call);
      calls.push([call.nodeId, call.input, call.key]);
      return failed ?? { from: call.nodeId };
    },
  };
}

describe('an execution whose nodes name how they are undone', () => {
  it('undoes its effects when it fails, the last first, with what each got and gave, under keys of their own', async () => {
    const { calls, behaviour } = watched(({ nodeId }) => {
      if (nodeId === 'bill') throw rejected();
    });
    const bench = createWorkbench(flow, { behaviour });
    const message = bench.accept({ no: 1 });
    await bench.carry(message);
    expect(calls.map(([nodeId]) => nodeId)).toEqual(['reserve', 'book', 'unbook', 'release']);
    expect(calls[2]?.[1]).toMatchObject({
      input: { from: 'reserve' },
      output: { from: 'book' },
      error: { code: 'REMOTE_REJECTED' },
    });
    expect(calls[3]?.[1]).toMatchObject({ input: { no: 1 }, output: { from: 'reserve' } });
    expect(calls[3]?.[2]).toBe(idempotencyKey('execution-1', 'release', 0, 'reserve'));
    expect(bench.snapshot(message)).toMatchObject({
      status: 'compensated',
      error: { code: 'REMOTE_REJECTED', nodeId: 'bill' },
    });
    expect(bench.bus.deadLetters.size).toBe(0);
  });

  it('goes on undoing over a durable retry and on another worker', async () => {
    const { calls, behaviour } = watched(({ nodeId, attempt }) => {
      if (nodeId === 'bill') throw rejected();
      if (nodeId === 'unbook' && attempt === 1) throw unavailable();
    });
    const bench = createWorkbench(flow, { behaviour });
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({ status: 'compensating', asleep: true });
    expect(calls.map(([nodeId]) => nodeId)).toEqual(['reserve', 'book']);
    const other = createWorkbench(flow, { behaviour, after: bench });
    await other.wake('execution-1');
    expect(calls.map(([nodeId]) => nodeId)).toEqual(['reserve', 'book', 'unbook', 'release']);
    expect(bench.snapshot(message)?.status).toBe('compensated');
  });

  it('ends as a dead letter when undoing fails, with both errors', async () => {
    const { calls, behaviour } = watched(({ nodeId }) => {
      if (nodeId === 'bill' || nodeId === 'unbook') throw rejected();
    });
    const bench = createWorkbench(flow, { behaviour });
    const message = bench.accept();
    await bench.carry(message);
    expect(calls.map(([nodeId]) => nodeId)).toEqual(['reserve', 'book']);
    expect(bench.snapshot(message)).toMatchObject({
      status: 'compensation-failed',
      error: { code: 'REMOTE_REJECTED', nodeId: 'unbook', cause: { code: 'REMOTE_REJECTED' } },
    });
    expect(bench.bus.deadLetters.get('execution-1')).toMatchObject({ nodeId: 'unbook' });
  });

  it('undoes also what may have happened: a call that ended without a clear answer', async () => {
    const { calls, behaviour } = watched(({ nodeId }) => {
      if (nodeId === 'book') throw unavailable();
    });
    const once = {
      ...flow,
      nodes: flow.nodes.map((node) => (node.id === 'book' ? { ...node, retry: { maxAttempts: 1 } } : node)),
    };
    const bench = createWorkbench(once, { behaviour });
    await bench.carry(bench.accept({ no: 1 }));
    expect(calls.map(([nodeId]) => nodeId)).toEqual(['reserve', 'unbook', 'release']);
    expect(calls[1]?.[1]).not.toHaveProperty('output');
  });

  it('undoes its effects when someone cancels it while it sleeps', async () => {
    const waits = testFlow(
      {
        hook: 'trigger',
        reserve: { type: 'effect', compensate: 'release' },
        w: { type: 'wait', config: { for: 'duration', durationMs: 3_600_000 } },
        bill: 'effect',
        release: 'effect',
      },
      ['hook>reserve', 'reserve>w', 'w>bill'],
    );
    const { calls, behaviour } = watched(() => undefined);
    const bench = createWorkbench(waits, { behaviour });
    const message = bench.accept();
    await bench.carry(message);
    bench.bus.command(message.address, { type: 'cancel', by: 'Ada' });
    await bench.settle();
    expect(calls.map(([nodeId]) => nodeId)).toEqual(['reserve', 'release']);
    expect(bench.snapshot(message)?.spans.find(({ nodeId }) => nodeId === 'w')?.status).toBe('cancelled');
    expect(bench.snapshot(message)).toMatchObject({
      status: 'compensated',
      error: { code: 'RUN_CANCELLED', details: { by: 'Ada' } },
    });
    await bench.wake('execution-1');
    expect(calls).toHaveLength(2);
  });

  it('undoes what a called flow did, with what it ended with', async () => {
    const caller = testFlow(
      {
        hook: 'trigger',
        c: { type: 'call', config: { flowId: 'callee' }, compensate: 'undo' },
        bill: { type: 'effect', retry: { maxAttempts: 1 } },
        undo: 'effect',
      },
      ['hook>c', 'c>bill'],
    );
    const callee = testFlow({ called: 'flow.called', a: 'effect' }, ['called>a'], { id: 'callee' });
    const { calls, behaviour } = watched(({ nodeId }) => {
      if (nodeId === 'bill') throw rejected();
    });
    const bench = createWorkbench([caller, callee], { behaviour });
    const message = bench.accept({ no: 1 });
    await bench.carry(message);
    await bench.settle();
    expect(calls.map(([nodeId]) => nodeId)).toEqual(['a', 'undo']);
    expect(calls[1]?.[1]).toMatchObject({ input: { no: 1 }, output: { from: 'a' } });
    expect(bench.snapshot(message)?.status).toBe('compensated');
  });
});
