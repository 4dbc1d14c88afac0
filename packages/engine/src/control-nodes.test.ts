import { FlowError } from '@crossdock/errors';
import { describe, expect, it } from 'vitest';
import {
  type Behaviour,
  createWorkbench,
  settleMicrotasks,
  testFlow,
  unavailable,
  type Workbench,
} from './testing/index.ts';
import { traceparentOf } from './trace-context.ts';

const HOUR_MS = 3_600_000;

function outputs(): { seen: Record<string, unknown[]>; behaviour: Behaviour } {
  const seen: Record<string, unknown[]> = {};
  return {
    seen,
    behaviour: ({ nodeId, input }) => {
      seen[nodeId] = [...(seen[nodeId] ?? []), input];
    },
  };
}

const statusOf = (bench: Workbench, executionId = 'execution-1') => bench.bus.snapshot(executionId)?.status;

const event = (id: string, type = 'order.shipped') => ({
  specversion: '1.0' as const,
  id,
  source: 'test',
  type,
  time: '2026-01-01T00:00:00Z',
  data: { id },
});

describe('a wait', () => {
  it('for a time sleeps durably, for as long as it says, and hands its input on', async () => {
    const { seen, behaviour } = outputs();
    const flow = testFlow(
      { hook: 'trigger', w: { type: 'wait', config: { for: 'duration', durationMs: HOUR_MS } }, a: 'effect' },
      ['hook>w', 'w>a'],
    );
    const bench = createWorkbench(flow, { behaviour });
    const startedAt = bench.clock.now();
    await bench.carry(bench.accept({ no: 1 }));
    expect(bench.bus.snapshot('execution-1')).toMatchObject({ status: 'waiting', asleep: true });
    expect(bench.bus.timers.get('execution-1')?.dueAt).toBe(startedAt + HOUR_MS);
    await bench.wake('execution-1');
    expect(statusOf(bench)).toBe('succeeded');
    expect(seen.a).toEqual([{ no: 1 }]);
    expect(bench.bus.snapshot('execution-1')?.spans.filter(({ nodeId }) => nodeId === 'w')).toMatchObject([
      { status: 'succeeded', durationMs: HOUR_MS },
    ]);
  });

  it('of two seconds or less leaves no record', async () => {
    const flow = testFlow({ hook: 'trigger', w: { type: 'wait', config: { for: 'duration', durationMs: 1500 } } }, [
      'hook>w',
    ]);
    const bench = createWorkbench(flow);
    await bench.carry(bench.accept());
    expect(bench.bus.history.get('execution-1')).toHaveLength(1);
  });

  const forEvent = testFlow(
    {
      hook: 'trigger',
      w: { type: 'wait', config: { for: 'event', key: '= no', eventType: 'order.shipped', timeoutMs: HOUR_MS } },
      a: 'effect',
      late: 'effect',
    },
    ['hook>w', 'w>a', 'w.timeout>late'],
  );

  it('for an event is woken by it and goes on with it, once, though its timer fires later', async () => {
    const { seen, behaviour } = outputs();
    const bench = createWorkbench(forEvent, { behaviour });
    await bench.carry(bench.accept({ no: 'A1' }));
    bench.bus.emit('dev', 'A2', event('e0'), bench.clock.now());
    bench.bus.emit('dev', 'A1', event('e1', 'order.picked'), bench.clock.now());
    await bench.settle();
    expect(statusOf(bench)).toBe('waiting');
    bench.bus.emit('dev', 'A1', event('e2'), bench.clock.now());
    await bench.settle();
    expect(statusOf(bench)).toBe('succeeded');
    expect(seen.a).toMatchObject([{ id: 'e2', data: { id: 'e2' } }]);
    await bench.wake('execution-1');
    expect(seen.late).toBeUndefined();
  });

  it('for an event that comes as its timer fires goes on one way only', async () => {
    const { seen, behaviour } = outputs();
    const slow = Promise.withResolvers<void>();
    const bench = createWorkbench(forEvent, {
      behaviour: async (call) => {
        await behaviour(call);
        await slow.promise;
      },
    });
    await bench.carry(bench.accept({ no: 'A1' }));
    const timer = bench.bus.fire('execution-1');
    const woken = timer && bench.engine.carry(bench.lease(timer), new AbortController().signal);
    await settleMicrotasks();
    bench.bus.emit('dev', 'A1', event('e2'), bench.clock.now());
    await createWorkbench(forEvent, { behaviour, after: bench }).settle();
    slow.resolve();
    await woken;
    expect(seen).toEqual({ late: [{ no: 'A1' }] });
    expect(statusOf(bench)).toBe('succeeded');
  });

  it('finds an event that came before it listened', async () => {
    const bench = createWorkbench(forEvent);
    const message = bench.accept({ no: 'A1' });
    bench.bus.emit('dev', 'A1', event('e2'), bench.clock.now());
    await bench.carry(message);
    expect(statusOf(bench)).toBe('succeeded');
  });

  it('in vain leaves by "timeout", or fails where that leads nowhere', async () => {
    const { seen, behaviour } = outputs();
    const bench = createWorkbench(forEvent, { behaviour });
    await bench.carry(bench.accept({ no: 'A1' }));
    await bench.wake('execution-1');
    expect(seen.late).toEqual([{ no: 'A1' }]);
    const bare = createWorkbench({ ...forEvent, edges: forEvent.edges.slice(0, 2) });
    await bare.carry(bare.accept({ no: 'A1' }));
    await bare.wake('execution-1');
    expect(bare.bus.snapshot('execution-1')).toMatchObject({ status: 'failed', error: { code: 'RUN_WAIT_TIMED_OUT' } });
  });
});

describe('a join', () => {
  it('goes on once with what all branches gave, in the order of the paths, however late one is', async () => {
    const { seen, behaviour } = outputs();
    const flow = testFlow(
      {
        hook: 'trigger',
        a: { type: 'effect', retry: { initialDelayMs: 60_000 } },
        b: { type: 'pure', config: { value: 'b' } },
        j: 'join',
        z: 'effect',
      },
      ['hook>a', 'hook>b', 'a>j', 'b>j', 'j>z'],
    );
    const failOnce: Behaviour = (call) => {
      if (call.nodeId === 'a' && call.attempt === 1) throw unavailable();
      if (call.nodeId === 'a') return 'a';
      return behaviour(call);
    };
    const bench = createWorkbench(flow, { behaviour: failOnce });
    await bench.carry(bench.accept());
    expect(statusOf(bench)).toBe('waiting');
    await bench.wake('execution-1');
    expect(seen.z).toEqual([['a', 'b']]);
  });

  it('is not held up by a branch that was not taken', async () => {
    const { seen, behaviour } = outputs();
    const flow = testFlow(
      { hook: 'trigger', s: 'switch', a: 'pure', j: { type: 'join', config: { as: 'object' } }, z: 'effect' },
      ['hook>s', 's.left>a', 's.right>j', 'a>j', 'j>z'],
    );
    const bench = createWorkbench(flow, { behaviour });
    await bench.carry(bench.accept({ go: 'right' }));
    expect(seen.z).toEqual([{ s: { go: 'right' } }]);
  });

  it('with "first" drops what comes later; with a time goes on with what is there', async () => {
    const config = { timeoutMs: 30_000, onTimeout: 'continue' };
    const nodes = (join: Record<string, unknown>) => ({
      hook: 'trigger',
      w: { type: 'wait', config: { for: 'duration', durationMs: HOUR_MS } },
      b: { type: 'pure', config: { value: 'b' } },
      j: { type: 'join', config: join },
      z: 'effect',
    });
    const edges = ['hook>w', 'hook>b', 'w>j', 'b>j', 'j>z'];
    const first = outputs();
    const one = createWorkbench(testFlow(nodes({ mode: 'first' }), edges), { behaviour: first.behaviour });
    await one.carry(one.accept('x'));
    expect(first.seen.z).toEqual([['b']]);
    await one.wake('execution-1');
    expect(first.seen.z).toEqual([['b']]);
    expect(statusOf(one)).toBe('succeeded');
    const timed = outputs();
    const two = createWorkbench(testFlow(nodes(config), edges), { behaviour: timed.behaviour });
    await two.carry(two.accept('x'));
    await two.wake('execution-1');
    expect(timed.seen.z).toEqual([['b']]);
    const three = createWorkbench(testFlow(nodes({ ...config, onTimeout: 'fail' }), edges));
    await three.carry(three.accept('x'));
    await three.wake('execution-1');
    expect(three.bus.snapshot('execution-1')?.error).toMatchObject({ code: 'RUN_WAIT_TIMED_OUT', nodeId: 'j' });
  });
});

describe('a split', () => {
  const nodes = {
    hook: 'trigger',
    s: { type: 'split', config: { items: '= lines' } },
    m: { type: 'pure', config: { value: "= $string($) & '/' & $meta.item.index & '/' & $meta.item.count" } },
    a: 'effect',
    z: 'effect',
  };
  const edges = ['hook>s', 's.each>m', 'm>a', 's.done>z'];

  it('of a few elements runs them inside the execution, each effect under a key of its own', async () => {
    const keys = new Set<string>();
    const { seen, behaviour } = outputs();
    const bench = createWorkbench(testFlow(nodes, edges), {
      behaviour: (call) => {
        keys.add(call.key);
        return behaviour(call);
      },
    });
    await bench.carry(bench.accept({ lines: ['x', 'y', 'z'] }));
    expect(seen.z).toEqual([['x/0/3', 'y/1/3', 'z/2/3']]);
    expect(keys.size).toBe(4);
    const items = bench.bus
      .snapshot('execution-1')
      ?.spans.flatMap(({ nodeId, item }) => (nodeId === 'a' ? [item] : []));
    expect(items).toEqual([0, 1, 2].map((index) => ({ index, count: 3 })));
    expect(bench.bus.triggers).toHaveLength(1);
  });

  it('of none, of one that JSONata gave bare, and behind which nothing stands', async () => {
    for (const [lines, wanted] of [
      [[], []],
      ['x', ['x/0/1']],
      [undefined, []],
    ]) {
      const { seen, behaviour } = outputs();
      const bench = createWorkbench(testFlow(nodes, edges), { behaviour });
      await bench.carry(bench.accept({ lines }));
      expect(seen.z).toEqual([wanted]);
    }
  });

  it('of many makes each an execution of its own and goes on when all have ended', async () => {
    const { seen, behaviour } = outputs();
    const bench = createWorkbench(testFlow(nodes, edges), { behaviour });
    const lines = Array.from({ length: 60 }, (_, at) => `l${at}`);
    await bench.carry(bench.accept({ lines }));
    expect(bench.bus.triggers).toHaveLength(61);
    expect(statusOf(bench)).toBe('waiting');
    await bench.settle();
    expect(statusOf(bench)).toBe('succeeded');
    expect(seen.a).toHaveLength(60);
    expect(seen.z).toEqual([lines.map((line, at) => `${line}/${at}/60`)]);
  });

  it('fails with its first failing element, or collects failures', async () => {
    for (const count of [3, 60]) {
      const lines = Array.from({ length: count }, (_, at) => at);
      const behaviour: Behaviour = ({ nodeId, input }) => {
        if (nodeId === 'a' && input === `1/1/${count}`)
          throw new FlowError('REMOTE_REJECTED', { details: { status: 422 } });
      };
      const stops = createWorkbench(testFlow(nodes, edges), { behaviour });
      await stops.carry(stops.accept({ lines }));
      await stops.settle();
      expect(stops.bus.snapshot('execution-1')).toMatchObject({
        status: 'failed',
        error: { code: count > 50 ? 'RUN_CHILD_FAILED' : 'REMOTE_REJECTED' },
      });
      const { seen, behaviour: see } = outputs();
      const collecting = testFlow(
        { ...nodes, s: { type: 'split', config: { items: '= lines', onItemError: 'collect' } } },
        edges,
      );
      const bench = createWorkbench(collecting, {
        behaviour: (call) => {
          behaviour(call);
          see(call);
        },
      });
      await bench.carry(bench.accept({ lines }));
      await bench.settle();
      expect(statusOf(bench)).toBe('succeeded');
      const [first, second] = (seen.z?.[0] ?? []) as unknown[];
      expect(first).toBe(`0/0/${count}`);
      expect(second).toMatchObject({ error: { code: expect.stringMatching(/REJECTED|CHILD/) } });
    }
  });

  it('inside a split keeps the outputs of its elements apart, over a durable wait too', async () => {
    const { seen, behaviour } = outputs();
    const flow = testFlow(
      {
        hook: 'trigger',
        outer: 'split',
        inner: 'split',
        m: { type: 'pure', config: { value: '= $ * 10' } },
        w: { type: 'wait', config: { for: 'duration', durationMs: HOUR_MS } },
        n: { type: 'pure', config: { value: "= $string($nodes.m) & '-' & $string($nodes.outer)" } },
        z: 'effect',
      },
      ['hook>outer', 'outer.each>inner', 'inner.each>m', 'm>w', 'w>n', 'outer.done>z'],
    );
    const bench = createWorkbench(flow, { behaviour });
    await bench.carry(bench.accept([[1, 2], [3]]));
    await bench.wake('execution-1');
    expect(seen.z).toEqual([[['10-[1,2]', '20-[1,2]'], ['30-[3]']]]);
  });
});

describe('a call', () => {
  const caller = testFlow({ hook: 'trigger', c: { type: 'call', config: { flowId: 'callee' } }, z: 'effect' }, [
    'hook>c',
    'c>z',
  ]);
  const callee = testFlow(
    { called: 'flow.called', m: { type: 'pure', config: { value: '= $ * 2' } }, a: 'effect' },
    ['called>m', 'm>a'],
    { id: 'callee' },
  );

  it('starts the flow that is active and goes on with what it ended with', async () => {
    const { seen, behaviour } = outputs();
    const bench = createWorkbench([caller, callee], { behaviour });
    await bench.carry(bench.accept(21));
    await bench.settle();
    expect(seen).toEqual({ a: [42], z: [42] });
    expect(bench.bus.triggers[1]).toMatchObject({ flowId: 'callee', nodeId: 'called', hops: 1 });
    const call = bench.bus.snapshot('execution-1')?.spans.find(({ nodeId }) => nodeId === 'c');
    const traceparent = traceparentOf('execution-1', call?.spanId ?? '', {});
    expect(bench.bus.triggers[1]?.headers).toEqual({ traceparent });
  });

  it('gives the answer of the called flow where it answers', async () => {
    const answering = testFlow(
      { called: 'flow.called', r: { type: 'reply', config: {} }, m: { type: 'pure', config: { value: 0 } } },
      ['called>r', 'r>m'],
      { id: 'callee' },
    );
    const { seen, behaviour } = outputs();
    const bench = createWorkbench([caller, answering], { behaviour });
    await bench.carry(bench.accept({ no: 7 }));
    await bench.settle();
    expect(seen.z).toEqual([{ no: 7 }]);
  });

  it('fails when the called flow fails, when it is not deployed, and when flows call one another without end', async () => {
    const failing = createWorkbench([caller, callee], {
      behaviour: ({ nodeId }) => {
        if (nodeId === 'a') throw new FlowError('REMOTE_REJECTED', { details: { status: 422 } });
      },
    });
    await failing.carry(failing.accept(1));
    await failing.settle();
    expect(failing.bus.snapshot('execution-1')?.error).toMatchObject({ code: 'RUN_CHILD_FAILED', nodeId: 'c' });
    expect([...failing.bus.deadLetters.keys()]).toEqual(['execution-1']);
    const alone = createWorkbench([caller]);
    await alone.carry(alone.accept(1));
    expect(alone.bus.snapshot('execution-1')?.error).toMatchObject({ code: 'CONFIG_FLOW_NOT_DEPLOYED' });
    const loop = testFlow(
      { called: 'flow.called', c: { type: 'call', config: { flowId: 'loop', wait: false } } },
      ['called>c'],
      {
        id: 'loop',
      },
    );
    const looping = createWorkbench([loop]);
    await looping.carry(looping.accept(1, { flowId: 'loop' }));
    await looping.settle();
    expect(looping.bus.triggers).toHaveLength(33);
    const last = looping.bus.triggers.at(-1)?.executionId ?? '';
    expect(looping.bus.snapshot(last)?.error).toMatchObject({ code: 'DATA_HOPS' });
  });
});

describe('a value that one flow masks', () => {
  const walk = (value: unknown, change: (text: unknown) => unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? null), (name, field) => (name === 'email' ? change(field) : field));
  const seal = {
    seal: (value: unknown) => walk(value, (text) => (typeof text === 'string' ? { $sealed: btoa(text) } : text)),
    open: (value: unknown) =>
      walk(value, (text) => (typeof text === 'string' ? text : atob((text as { $sealed: string }).$sealed))),
    met: () => undefined,
    redact: <T>(value: T) => value,
    hold: () => () => undefined,
  };

  it.each([
    ['the caller', ['**.email'], undefined],
    ['the called flow', undefined, ['**.email']],
  ])('reaches the other in clear and rests sealed, where %s masks it', async (_who, callers, calleds) => {
    const { seen, behaviour } = outputs();
    const caller = testFlow(
      { hook: 'trigger', c: { type: 'call', config: { flowId: 'callee' } }, z: 'effect', y: 'effect' },
      ['hook>c', 'c>z', 'z>y'],
      callers ? { mask: callers } : {},
    );
    const callee = testFlow({ called: 'flow.called', a: 'effect', b: 'effect' }, ['called>a', 'a>b'], {
      id: 'callee',
      ...(calleds ? { mask: calleds } : {}),
    });
    const bench = createWorkbench([caller, callee], { behaviour, ports: { seal } });
    await bench.carry(bench.accept({ email: 'ada@example.com' }));
    await bench.settle();
    expect([seen.a, seen.b, seen.z, seen.y]).toEqual(Array.from({ length: 4 }, () => [{ email: 'ada@example.com' }]));
    const rests = [...bench.bus.history.values()].flat().map(({ outputs: all, result }) => ({ all, result }));
    expect(JSON.stringify(rests)).not.toContain('ada@example.com');
  });
});

describe('a stop', () => {
  it('ends the execution as it says, whatever else is under way', async () => {
    const { seen, behaviour } = outputs();
    const nodes = { hook: 'trigger', x: { type: 'stop', config: { as: 'succeeded' } }, a: 'effect' };
    const bench = createWorkbench(testFlow(nodes, ['hook>x', 'hook>a']), { behaviour });
    await bench.carry(bench.accept());
    expect(statusOf(bench)).toBe('succeeded');
    expect(seen.a).toBeUndefined();
    const fails = createWorkbench(
      testFlow({ ...nodes, x: { type: 'stop', config: { as: 'failed', reason: "= 'no ' & what" } } }, ['hook>x']),
    );
    await fails.carry(fails.accept({ what: 'stock' }));
    expect(fails.bus.snapshot('execution-1')?.error).toMatchObject({
      code: 'RUN_STOPPED',
      message: 'the flow stopped itself: no stock',
    });
    expect(fails.bus.deadLetters.size).toBe(1);
  });
});
