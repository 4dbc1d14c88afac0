import { FlowError } from '@crossdock/errors';
import { describe, expect, it } from 'vitest';
import { idempotencyKey } from './idempotency-key.ts';
import { noSeal } from './no-seal.ts';
import { createWorkbench, settleMicrotasks, testFlow, unavailable } from './testing/index.ts';

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

  it.each([
    ['ends', {}],
    ['waits', { mayWait: true }],
    ['breaks', { breaks: true }],
  ])(
    'has what it saw of masked values held until it %s',
    async (_how, { mayWait, breaks }: { mayWait?: boolean; breaks?: boolean }) => {
      const held: string[] = [];
      const during: string[][] = [];
      const bench = createWorkbench(twoEffects, {
        behaviour: () => {
          during.push([...held]);
          if (mayWait) throw unavailable();
          if (breaks) throw new TypeError('a defect');
        },
        ports: {
          seal: {
            ...noSeal,
            hold: (executionId) => {
              held.push(executionId);
              return () => void held.splice(held.indexOf(executionId), 1);
            },
          },
        },
      });
      await bench.carry(bench.accept({ order: 1 }));
      expect(during.length).toBeGreaterThan(0);
      expect(during.every((names) => names.join() === 'execution-1')).toBe(true);
      expect(held).toEqual([]);
    },
  );

  it('ends with a dead letter when the attempts are spent, keeping what a replay needs', async () => {
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

describe('order and branching', () => {
  it('runs a node once for each arriving message, with a key that depends on the path alone', async () => {
    const keys: string[] = [];
    const flow = testFlow({ hook: 'trigger', a: 'pure', b: 'pure', c: 'effect' }, ['hook>a', 'hook>b', 'a>c', 'b>c']);
    const bench = createWorkbench(flow, { behaviour: ({ nodeId, key }) => void (nodeId === 'c' && keys.push(key)) });
    await bench.carry(bench.accept());
    expect(keys).toEqual([idempotencyKey('execution-1', 'c', 0), idempotencyKey('execution-1', 'c', 1)]);
  });

  it('counts the attempts of one arrival, not the arrivals, where a node failed', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'pure', b: 'pure', c: 'effect' }, ['hook>a', 'hook>b', 'a>c', 'b>c']);
    let arrivals = 0;
    const bench = createWorkbench(flow, {
      behaviour: ({ nodeId }) => {
        if (nodeId === 'c' && ++arrivals === 2) throw new FlowError('REMOTE_REJECTED', { details: { status: 422 } });
      },
    });
    await bench.carry(bench.accept());
    expect(arrivals).toBe(2);
    expect(bench.bus.deadLetters.get('execution-1')).toMatchObject({ nodeId: 'c', attempts: 1 });
  });

  it('goes on with other branches while one waits for its retry', async () => {
    const done: string[] = [];
    const flow = testFlow({ hook: 'trigger', a: { type: 'effect', retry: { initialDelayMs: 60_000 } }, b: 'effect' }, [
      'hook>a',
      'hook>b',
    ]);
    const bench = createWorkbench(flow, {
      behaviour: ({ nodeId, attempt }) => {
        if (nodeId === 'a' && attempt === 1) throw unavailable();
        done.push(nodeId);
      },
    });
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({ status: 'waiting', frontier: [{ nodeId: 'a', attempts: 1 }] });
    await bench.wake('execution-1');
    expect(done).toEqual(['b', 'a']);
    expect(bench.snapshot(message)?.status).toBe('succeeded');
  });

  it('follows only the edges of the handle that was emitted by', async () => {
    const flow = testFlow({ hook: 'trigger', s: 'switch', l: 'pure', r: 'pure' }, ['hook>s', 's.left>l', 's.right>r']);
    const bench = createWorkbench(flow);
    const message = bench.accept({ go: 'right' });
    await bench.carry(message);
    const spans = bench.snapshot(message)!.spans;
    expect(spans.map(({ nodeId }) => nodeId)).toEqual(['hook', 's', 'r']);
    expect(spans[1]).toMatchObject({ edges: ['s.right>r'], outputRef: `${spans[1]?.spanId}.right` });
    expect(spans[2]?.inputRef).toBe(`${spans[1]?.spanId}.right`);
  });

  it('sends error and input by the error handle, or the error as payload, when the author says so', async () => {
    const got: Record<string, unknown> = {};
    const failing = (onError: 'branch' | 'continue', edge: string) =>
      testFlow({ hook: 'trigger', a: { type: 'effect', onError, retry: { maxAttempts: 1 } }, z: 'pure' }, [
        'hook>a',
        edge,
      ]);
    for (const [onError, edge] of [
      ['branch', 'a.error>z'],
      ['continue', 'a>z'],
    ] as const) {
      const bench = createWorkbench(failing(onError, edge), {
        behaviour: ({ nodeId, input }) => {
          if (nodeId === 'a') throw unavailable();
          got[onError] = input;
        },
      });
      const message = bench.accept({ order: 1 });
      await bench.carry(message);
      expect(bench.snapshot(message)?.status).toBe('succeeded');
    }
    expect(got.branch).toMatchObject({ error: { code: 'RUN_ATTEMPTS_SPENT' }, input: { order: 1 } });
    expect(got.continue).toMatchObject({ code: 'RUN_ATTEMPTS_SPENT', cause: { code: 'REMOTE_UNAVAILABLE' } });
  });
});

describe('time', () => {
  it('waits short delays in process and gives its slot back meanwhile', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const bench = createWorkbench(flow, {
      behaviour: ({ attempt }) => {
        if (attempt < 3) throw unavailable();
      },
    });
    const message = bench.accept();
    const carried = bench.engine.carry(bench.lease(message), new AbortController().signal);
    await settleMicrotasks();
    expect(bench.engine.busySlots()).toBe(0);
    bench.clock.moveTo(bench.clock.nextAlarm()!);
    await settleMicrotasks();
    bench.clock.moveTo(bench.clock.nextAlarm()!);
    await carried;
    const snapshot = bench.snapshot(message)!;
    expect(snapshot.status).toBe('succeeded');
    expect(bench.bus.history.get('execution-1')).toHaveLength(1);
    expect(snapshot.spans.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 'succeeded'],
      [1, 'waiting'],
      [2, 'waiting'],
      [3, 'succeeded'],
    ]);
  });

  it('obeys Retry-After over its own policy', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const bench = createWorkbench(flow, {
      behaviour: ({ attempt }) => {
        if (attempt === 1) throw unavailable(90_000);
      },
    });
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.bus.timers.get('execution-1')?.dueAt).toBe(bench.clock.now() + 90_000);
  });

  it('aborts an attempt that takes too long, even when the runner does not listen', async () => {
    const flow = testFlow({ hook: 'trigger', a: { type: 'effect', timeoutMs: 1_000, retry: { maxAttempts: 1 } } }, [
      'hook>a',
    ]);
    const bench = createWorkbench(flow, { behaviour: () => new Promise(() => undefined) });
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.snapshot(message)?.error).toMatchObject({
      cause: { code: 'REMOTE_TIMEOUT', details: { timeoutMs: 1_000 } },
    });
  });

  it('ends an execution that runs longer than its flow may', async () => {
    const retry = { maxAttempts: 99, initialDelayMs: 60_000 };
    const flow = testFlow({ hook: 'trigger', a: { type: 'effect', retry } }, ['hook>a'], { timeoutMs: 30_000 });
    const bench = createWorkbench(flow, {
      behaviour: () => {
        throw unavailable();
      },
    });
    const message = bench.accept();
    await bench.carry(message);
    await bench.wake('execution-1');
    expect(bench.snapshot(message)).toMatchObject({ status: 'failed', error: { code: 'RUN_TIMED_OUT', nodeId: 'a' } });
  });

  it('gives the lease back when the process stops, with a record of the attempts made', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const bench = createWorkbench(flow, {
      behaviour: ({ attempt }) => {
        if (attempt === 1) throw unavailable();
      },
    });
    const message = bench.accept();
    const stop = new AbortController();
    const carried = bench.engine.carry(bench.lease(message), stop.signal);
    await settleMicrotasks();
    stop.abort();
    await carried;
    expect(message).toMatchObject({ acked: false, held: false });
    expect(bench.snapshot(message)).toMatchObject({
      status: 'running',
      crashes: 0,
      frontier: [{ nodeId: 'a', attempts: 1 }],
    });
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({ status: 'succeeded', crashes: 0 });
  });
});

describe('errors', () => {
  it('does not retry what can never succeed', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const bench = createWorkbench(flow, {
      behaviour: () => {
        throw new FlowError('REMOTE_REJECTED', { details: { remote: 'erp', status: 400 } });
      },
    });
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({ status: 'failed', error: { code: 'REMOTE_REJECTED' } });
  });

  it('tries a runner that throws something unexpected like any failure, and ends with it', async () => {
    const flow = testFlow({ hook: 'trigger', a: { type: 'effect', retry: { maxAttempts: 2 } } }, ['hook>a']);
    const bench = createWorkbench(flow, {
      behaviour: () => {
        throw new TypeError('x is undefined');
      },
    });
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.snapshot(message)?.error).toMatchObject({
      code: 'RUN_ATTEMPTS_SPENT',
      cause: { code: 'SYSTEM_UNEXPECTED' },
    });
  });

  it('never fails an execution because the bus is away', async () => {
    let away = true;
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const bench = createWorkbench(flow);
    const { write } = bench.ports.journal;
    bench.ports.journal.write = (snapshot, version) => {
      if (away) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
      return write(snapshot, version);
    };
    const message = bench.accept();
    for (let delivery = 0; delivery < 8; delivery++) await bench.carry(message);
    expect(message.acked).toBe(false);
    away = false;
    await bench.carry(message);
    expect(bench.snapshot(message)?.status).toBe('succeeded');
  });

  it('fails an execution whose flow cannot be planned', async () => {
    const flow = testFlow({ hook: 'trigger', a: { type: 'unheard-of' } }, ['hook>a']);
    const bench = createWorkbench(flow);
    const message = bench.accept();
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({ status: 'failed', error: { code: 'FLOW_UNKNOWN_NODE_TYPE' } });
    expect(message.acked).toBe(true);
  });

  it('ends an execution that a defect keeps from being carried, after a few deliveries', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const bench = createWorkbench(flow, {
      ports: { flows: { deployed: () => 1, revision: async () => undefined, variables: () => ({}) } },
    });
    const message = bench.accept();
    for (let delivery = 1; delivery < 5; delivery++) {
      await bench.carry(message);
      expect(message.acked).toBe(false);
    }
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({ status: 'failed', error: { code: 'SYSTEM_UNEXPECTED' } });
    expect(message.acked).toBe(true);
  });
});

describe('the reply', () => {
  it('goes out at the respond node and is kept in the record', async () => {
    const flow = testFlow({ hook: 'trigger', r: 'reply' }, ['hook>r']);
    const bench = createWorkbench(flow);
    const message = bench.accept({ ok: true }, { replyTo: 'inbox' });
    await bench.carry(message);
    const reply = { status: 200, headers: {}, body: { ok: true } };
    expect(bench.bus.replies).toEqual([{ replyTo: 'inbox', reply }]);
    expect(bench.snapshot(message)?.reply).toEqual(reply);
  });

  it('tells the caller how an execution without one ended', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const bench = createWorkbench(flow);
    await bench.carry(bench.accept({}, { replyTo: 'inbox' }));
    expect(bench.bus.replies).toEqual([{ replyTo: 'inbox', reply: { ended: 'succeeded' } }]);
  });
});
