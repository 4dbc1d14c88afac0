import { describe, expect, it } from 'vitest';
import { createWorkbench, testFlow } from './testing/index.ts';

describe('a trigger that was refused', () => {
  it('fails at once with the reason, shows it at the trigger and leaves a dead letter', async () => {
    const calls: string[] = [];
    const bench = createWorkbench(testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']), {
      behaviour: ({ nodeId }) => void calls.push(nodeId),
    });
    const refused = { code: 'DATA_KEY' as const, message: 'the order key cannot be computed' };
    const message = bench.accept({ order: {} }, { refused });
    await bench.carry(message);
    expect(calls).toEqual([]);
    expect(message.acked).toBe(true);
    expect(bench.snapshot(message)).toMatchObject({
      status: 'failed',
      error: { ...refused, nodeId: 'hook' },
      frontier: [],
      spans: [{ nodeId: 'hook', status: 'failed', error: refused, inputRef: 'trigger' }],
    });
    expect(bench.bus.deadLetters.get('execution-1')).toMatchObject({ nodeId: 'hook', error: refused, attempts: 1 });
  });
});
