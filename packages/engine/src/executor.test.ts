import { describe, expect, it } from 'vitest';
import { createWorkbench, testFlow, unavailable } from './testing/index.ts';

const twoEffects = testFlow({ hook: 'trigger', map: 'pure', a: 'effect', b: 'effect' }, ['hook>map', 'map>a', 'a>b']);

describe('a fused run', () => {
  it('runs from node to node with one checkpoint between two effects and a terminal record after the last', async () => {
    const calls: string[] = [];
    const bench = createWorkbench(twoEffects, { behaviour: ({ nodeId }) => void calls.push(nodeId) });
    const message = bench.accept({ order: 1 });
    await bench.carry(message);
    expect(calls).toEqual(['map', 'a', 'b']);
    expect(bench.bus.history.get('execution-1')?.map(({ status }) => status)).toEqual(['running', 'succeeded']);
    expect(message.acked).toBe(true);
    const snapshot = bench.snapshot(message)!;
    expect(snapshot.spans.map(({ nodeId, status }) => [nodeId, status])).toEqual([
      ['hook', 'succeeded'],
      ['map', 'succeeded'],
      ['a', 'succeeded'],
      ['b', 'succeeded'],
    ]);
    expect(snapshot).toMatchObject({ outputs: {}, frontier: [], lease: 'execution-1', write: 2, crashes: 0 });
  });

  it('fails at a pure node with a dead letter, keeping what a replay needs', async () => {
    const bench = createWorkbench(twoEffects, {
      behaviour: ({ nodeId }) => {
        if (nodeId === 'b') throw unavailable();
      },
    });
    const message = bench.accept({ order: 1 });
    await bench.carry(message);
    expect(bench.snapshot(message)?.status).toBe('waiting');
    while (bench.bus.timers.size > 0) await bench.wake('execution-1');
    const snapshot = bench.snapshot(message)!;
    expect(snapshot.status).toBe('failed');
    expect(snapshot.error).toMatchObject({
      code: 'RUN_ATTEMPTS_SPENT',
      nodeId: 'b',
      cause: { code: 'REMOTE_UNAVAILABLE' },
    });
    expect(snapshot.spans.filter(({ nodeId }) => nodeId === 'b').map(({ status }) => status)).toEqual([
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'failed',
    ]);
    expect(bench.bus.deadLetters.get('execution-1')).toMatchObject({
      nodeId: 'b',
      attempts: 6,
      error: { code: 'RUN_ATTEMPTS_SPENT' },
    });
    expect(Object.values(snapshot.outputs)).toEqual([{ value: { order: 1 } }]);
  });
});
