import { describe, expect, it } from 'vitest';
import type { AloneOutcome } from './engine-options.ts';
import type { Lease } from './ports.ts';
import { createWorkbench, type LeaseMessage, settleMicrotasks, testFlow, unavailable } from './testing/index.ts';
import type { Behaviour } from './testing/test-nodes.ts';

const flow = testFlow({ hook: 'trigger', a: { type: 'effect', retry: { initialDelayMs: 60_000 } } }, ['hook>a']);

const key = (input: unknown): string => String((input as { key: string }).key);

describe('executions of one lane', () => {
  it('run in the order of their triggers, whatever the order of delivery; those behind the head are doorbells', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, { behaviour: ({ input }) => void done.push(key(input)) });
    const [first, second, third] = ['1', '2', '3'].map((key) => bench.accept({ key }, {}, 'k')) as [
      LeaseMessage,
      LeaseMessage,
      LeaseMessage,
    ];
    await bench.carry(third);
    expect(done).toEqual(['1', '2', '3']);
    for (const message of [second, first]) await bench.carry(message);
    expect(done).toEqual(['1', '2', '3']);
    expect([first, second, third].every(({ acked }) => acked)).toBe(true);
  });

  it('wait for a head that sleeps, which holds up no other lane', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, {
      behaviour: ({ input, attempt }) => {
        if (key(input) === 'k1' && attempt === 1) throw unavailable();
        done.push(key(input));
      },
    });
    const k = ['k1', 'k2'].map((key) => bench.accept({ key }, {}, 'k'));
    const l = ['l1', 'l2'].map((key) => bench.accept({ key }, {}, 'l'));
    for (const message of [...k, ...l]) await bench.carry(message);
    expect(done).toEqual(['l1', 'l2']);
    expect(k.every(({ acked }) => acked)).toBe(true);
    await bench.wake('execution-1');
    expect(done).toEqual(['l1', 'l2', 'k1', 'k2']);
    expect(bench.snapshot(k[1]!)?.status).toBe('succeeded');
  });

  it('go on behind a head that another process ends under its timer', async () => {
    const done: string[] = [];
    const behaviour: Behaviour = ({ input, attempt }) => {
      if (key(input) === '1' && attempt === 1) throw unavailable();
      done.push(key(input));
    };
    const first = createWorkbench(flow, { behaviour });
    const messages = ['1', '2'].map((name) => first.accept({ key: name }, {}, 'k'));
    for (const message of messages) await first.carry(message);
    first.clock.moveTo(first.bus.timers.get('execution-1')!.dueAt);
    const timer = first.bus.fire('execution-1')!;
    let bench = first;
    for (let crash = 1; crash <= 2; crash++) {
      bench = createWorkbench(flow, { behaviour: () => new Promise(() => undefined), after: bench });
      void bench.engine.carry(bench.lease(timer), new AbortController().signal);
      await settleMicrotasks();
    }
    const alone = createWorkbench(flow, { behaviour, options: { alone: true }, after: bench });
    const runAlone = async (lease: Lease, signal: AbortSignal): Promise<AloneOutcome> => {
      await alone.engine.carry(lease, signal);
      return 'settled';
    };
    const last = createWorkbench(flow, { behaviour, options: { runAlone }, after: alone });
    await last.carry(timer);
    await last.settle();
    expect(done).toEqual(['1', '2']);
    expect(alone.snapshot(messages[1]!)?.status).toBe('succeeded');
  });

  it('are not begun under a lease that another may have acked: a command of its own stands for the lane', async () => {
    const done: string[] = [];
    const behaviour: Behaviour = ({ input }) => void done.push(key(input));
    const bench = createWorkbench(flow, { behaviour });
    await bench.carry(bench.accept({ key: '1' }, {}, 'k'));
    const second = bench.accept({ key: '2' }, {}, 'k');
    second.deliveries = 1;
    await bench.carry(second);
    expect(done).toEqual(['1']);
    expect(second.acked).toBe(true);
    expect(bench.bus.messages.filter(({ acked }) => !acked)).toMatchObject([{ command: { type: 'drain' } }]);
    await bench.settle();
    expect(done).toEqual(['1', '2']);
  });

  it('are not begun under a lease that was held for long, either', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, {
      behaviour: async ({ input }) => {
        done.push(key(input));
        await bench.clock.sleep(5_000, new AbortController().signal);
      },
    });
    const messages = ['1', '2', '3'].map((name) => bench.accept({ key: name }, {}, 'k')) as [LeaseMessage];
    await bench.carry(messages[0]);
    expect(done).toEqual(['1']);
    await bench.settle();
    expect(done).toEqual(['1', '2', '3']);
  });

  it('pass a head that sleeps where the flow says so, those stored before and after; it ends by itself', async () => {
    const done: string[] = [];
    const passing = { ...flow, settings: { orderingBehindWaiting: 'pass' as const } };
    const bench = createWorkbench(passing, {
      behaviour: ({ input, attempt }) => {
        if (['1', '3'].includes(key(input)) && attempt === 1) throw unavailable();
        done.push(key(input));
      },
    });
    const accept = (name: string) => bench.accept({ key: name }, {}, 'k');
    const messages = [accept('1'), accept('2'), accept('3')];
    for (const message of messages) await bench.carry(message);
    expect(done).toEqual(['2']);
    const late = accept('4');
    await bench.carry(late);
    expect(done).toEqual(['2', '4']);
    expect([...messages, late].every(({ acked }) => acked)).toBe(true);
    await bench.wake('execution-1');
    await bench.wake('execution-3');
    expect(done).toEqual(['2', '4', '1', '3']);
    await bench.carry(accept('5'));
    expect(done.at(-1)).toBe('5');
  });

  it('go on after one that failed', async () => {
    const bench = createWorkbench(flow, {
      behaviour: ({ input }) => {
        if (key(input) === '1') throw new TypeError('a defect');
      },
    });
    const failing = { ...flow.nodes[1]!, retry: { maxAttempts: 1 } };
    const once = createWorkbench(
      { ...flow, nodes: [flow.nodes[0]!, failing] },
      { ports: { runners: bench.ports.runners } },
    );
    const messages = ['1', '2'].map((key) => once.accept({ key }, {}, 'k'));
    await once.carry(messages[0]!);
    expect(messages.map((message) => once.snapshot(message)?.status)).toEqual(['failed', 'succeeded']);
  });

  it('are gone on with by the redelivery of whoever died between one and the next', async () => {
    const done: string[] = [];
    const behaviour = ({ input }: { input: unknown }): void => void done.push(key(input));
    const first = createWorkbench(flow, { behaviour });
    const messages = ['1', '2'].map((key) => first.accept({ key }, {}, 'k'));
    await first.carry(messages[1]!, AbortSignal.abort());
    expect(messages[1]).toMatchObject({ acked: false });
    // Dies when it has claimed the second: the claim is written, nothing follows.
    const { claim } = first.ports.lanes;
    let claims = 0;
    first.ports.lanes.claim = async (lane, record, version) => {
      const claimed = await claim(lane, record, version);
      return ++claims === 2 ? new Promise<never>(() => undefined) : claimed;
    };
    void first.engine.carry({ ...first.lease(messages[0]!), ack: () => undefined }, new AbortController().signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(done).toEqual(['1']);
    const second = createWorkbench(flow, { behaviour, after: first });
    messages[0]!.held = false;
    // The second one's own message is only a doorbell: the head is another lease's.
    await second.carry(messages[1]!);
    expect(done).toEqual(['1']);
    await second.carry(messages[0]!);
    expect(done).toEqual(['1', '2']);
    expect(messages.every(({ acked }) => acked)).toBe(true);
  });

  it('are not run again by old messages, though records of executions have aged away', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, { behaviour: ({ input }) => void done.push(key(input)) });
    const messages = ['1', '2'].map((key) => bench.accept({ key }, {}, 'k'));
    for (const message of messages) await bench.carry(message);
    bench.bus.journal.clear();
    bench.clock.moveTo(bench.clock.now() + 25 * 3_600_000);
    for (const message of messages) await bench.carry(message);
    const third = bench.accept({ key: '3' }, {}, 'k');
    await bench.carry(third);
    expect(done).toEqual(['1', '2', '3']);
  });

  it('that someone cancelled while they queued are passed over', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, { behaviour: ({ input }) => void done.push(key(input)) });
    const messages = ['1', '2', '3'].map((key) => bench.accept({ key }, {}, 'k'));
    bench.bus.wantedCancels.set('execution-2', 'Ada');
    await bench.carry(messages[2]!);
    expect(done).toEqual(['1', '3']);
    expect(bench.snapshot(messages[1]!)).toMatchObject({ status: 'cancelled', error: { code: 'RUN_CANCELLED' } });
  });

  it('are not cancelled with their head: who waits behind it runs', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, {
      behaviour: ({ input }) => {
        if (key(input) === '1') throw unavailable();
        done.push(key(input));
      },
    });
    const messages = ['1', '2', '3'].map((key) => bench.accept({ key }, {}, 'k'));
    for (const message of messages) await bench.carry(message);
    bench.bus.command(messages[0]!.address, { type: 'cancel', by: 'Ada' });
    await bench.settle();
    expect(messages.map((message) => bench.snapshot(message)?.status)).toEqual(['cancelled', 'succeeded', 'succeeded']);
    expect(done).toEqual(['2', '3']);
  });

  it('are all carried, in order, when a restore has set the triggers back behind the lane record', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, { behaviour: ({ input }) => void done.push(key(input)) });
    await bench.carry(bench.accept({ key: '1' }, {}, 'k'));
    const [lane] = [...bench.bus.lanes.values()];
    lane!.record.head.seq += 3;
    const messages = ['2', '3', '4', '5'].map((key) => bench.accept({ key }, {}, 'k'));
    await bench.carry(messages[1]!);
    for (const message of messages) await bench.carry(message);
    expect(done).toEqual(['1', '2', '3', '4', '5']);
  });

  it('do not wait for a head of which neither trigger nor record is there, as after a restore', async () => {
    const done: string[] = [];
    const bench = createWorkbench(flow, { behaviour: ({ input }) => void done.push(key(input)) });
    await bench.carry(bench.accept({ key: '1' }, {}, 'k'));
    const [lane] = [...bench.bus.lanes.values()];
    Object.assign(lane!.record, { head: { executionId: 'gone', seq: 2 }, via: 'gone' });
    bench.accept({ key: 'other' }, {}, 'l');
    await bench.carry(bench.accept({ key: '2' }, {}, 'k'));
    expect(done).toEqual(['1', '2']);
  });
});
