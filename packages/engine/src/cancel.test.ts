import { describe, expect, it } from 'vitest';
import { createWorkbench, settleMicrotasks, testFlow, unavailable } from './testing/index.ts';

const flow = testFlow({ hook: 'trigger', a: 'effect', b: { type: 'effect', retry: { initialDelayMs: 60_000 } } }, [
  'hook>a',
  'a>b',
]);

describe('cancelling', () => {
  it('an execution that has not begun ends it at its first delivery, before any effect', async () => {
    const calls: string[] = [];
    const bench = createWorkbench(flow, { behaviour: ({ nodeId }) => void calls.push(nodeId) });
    const message = bench.accept();
    await bench.ports.cancels.want(message.address.executionId, 'Ada');
    await bench.carry(message);
    expect(calls).toEqual([]);
    expect(bench.snapshot(message)).toMatchObject({ status: 'cancelled', error: { details: { by: 'Ada' } } });
    expect(bench.bus.deadLetters.size).toBe(0);
  });

  it('one that sleeps ends it at once; its timer then finds the end', async () => {
    const bench = createWorkbench(flow, {
      behaviour: ({ nodeId }) => {
        if (nodeId === 'b') throw unavailable();
      },
    });
    const message = bench.accept();
    await bench.carry(message);
    bench.bus.command(message.address, { type: 'cancel', by: 'Ada' });
    await bench.settle();
    expect(bench.snapshot(message)?.status).toBe('cancelled');
    await bench.wake('execution-1');
    expect(bench.bus.history.get('execution-1')?.filter(({ endedAt }) => endedAt)).toHaveLength(1);
  });

  it('one at work aborts the attempt and records it as cancelled', async () => {
    const bench = createWorkbench(flow, {
      behaviour: ({ nodeId }) => (nodeId === 'b' ? new Promise(() => undefined) : undefined),
    });
    const message = bench.accept();
    const carried = bench.engine.carry(bench.lease(message), new AbortController().signal);
    for (let turn = 0; turn < 5; turn++) await settleMicrotasks();
    bench.bus.wantCancel(message.address.executionId, 'Ada');
    await carried;
    expect(bench.snapshot(message)).toMatchObject({ status: 'cancelled' });
    expect(bench.snapshot(message)?.spans.at(-1)).toMatchObject({ nodeId: 'b', status: 'cancelled' });
    expect(message.acked).toBe(true);
  });

  it('one that waits for others cancels those, too', async () => {
    const split = testFlow({ hook: 'trigger', s: { type: 'split', config: { items: '= $' } }, b: 'effect' }, [
      'hook>s',
      's.each>b',
    ]);
    const bench = createWorkbench(split);
    const message = bench.accept(Array.from({ length: 60 }, (_, at) => at));
    await bench.carry(message);
    bench.bus.command(message.address, { type: 'cancel', by: 'Ada' });
    const cancel = bench.bus.messages.at(-1)!;
    await bench.carry(cancel);
    expect(bench.snapshot(message)?.status).toBe('cancelled');
    await bench.settle();
    const statuses = bench.bus.triggers.slice(1).map(({ executionId }) => bench.bus.snapshot(executionId)?.status);
    expect(new Set(statuses)).toEqual(new Set(['cancelled']));
  });
});

describe('a replay from inside the flow', () => {
  it('begins where its seed says, under the keys of the execution it repeats', async () => {
    const keys: string[] = [];
    const bench = createWorkbench(flow, { behaviour: ({ nodeId, key }) => void keys.push(`${nodeId} ${key}`) });
    await bench.carry(bench.accept({ no: 1 }));
    const message = bench.accept(
      { no: 1 },
      {
        replayOf: 'execution-1',
        keyBase: 'execution-1',
        seed: {
          frontier: [{ nodeId: 'b', inputRef: 'x.out', iteration: 0, attempts: 0 }],
          outputs: { 'x.out': { value: { no: 1 } } },
          nodeOutputs: { hook: 'trigger', a: 'x.out' },
        },
      },
    );
    await bench.carry(message);
    expect(keys).toHaveLength(3);
    expect(keys[2]).toBe(keys[1]);
    expect(bench.snapshot(message)).toMatchObject({ status: 'succeeded', trigger: { replayOf: 'execution-1' } });
  });
});
