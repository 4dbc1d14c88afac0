import { FlowError } from '@crossdock/errors';
import { describe, expect, it } from 'vitest';
import {
  createWorkbench,
  type LeaseMessage,
  settleMicrotasks,
  testFlow,
  unavailable,
  type Workbench,
} from './testing/index.ts';

const flow = testFlow({ hook: 'trigger', a: 'effect', b: { type: 'effect', retry: { initialDelayMs: 60_000 } } }, [
  'hook>a',
  'a>b',
]);
const never = <T>(): Promise<T> => new Promise(() => undefined);

/** A worker that dies at one call of one port: the call is applied or not, and nothing follows. */
async function dieAt(
  bench: Workbench,
  message: LeaseMessage,
  at: { port: 'write' | 'arm' | 'deadLetter' | 'effect'; nth?: number; applied: boolean },
): Promise<void> {
  let count = 0;
  const dies = async <T>(apply: () => Promise<T>): Promise<T> => {
    count += 1;
    if (count > (at.nth ?? 1)) return never();
    if (count < (at.nth ?? 1)) return apply();
    if (at.applied) await apply();
    return never();
  };
  const { journal, timers, deadLetters } = bench.ports;
  const { write } = journal;
  const { arm } = timers;
  const { put } = deadLetters;
  if (at.port === 'write') journal.write = (snapshot, version) => dies(() => write(snapshot, version));
  if (at.port === 'arm') timers.arm = (address, timer) => dies(() => arm(address, timer));
  if (at.port === 'deadLetter') deadLetters.put = (record) => dies(() => put(record));
  let acked = false;
  const lease = {
    ...bench.lease(message),
    ack: () => {
      acked = true;
    },
    release: () => undefined,
  };
  void bench.engine.carry(lease, new AbortController().signal);
  for (let turn = 0; turn < 5; turn++) await settleMicrotasks();
  expect(acked, 'a dead worker acks nothing').toBe(false);
  message.held = false;
}

function calls(): { made: string[]; behaviour: (call: { nodeId: string }) => void } {
  const made: string[] = [];
  return { made, behaviour: ({ nodeId }) => void made.push(nodeId) };
}

/** `b` fails at its first attempt, so that the execution comes to a durable wait. */
function waiting(made: string[]) {
  return ({ nodeId, attempt }: { nodeId: string; attempt: number }): void => {
    if (nodeId === 'b' && attempt === 1) throw unavailable();
    made.push(nodeId);
  };
}

describe('a worker dies', () => {
  it('row 4: after effect A and before its record; A is called again with the same key', async () => {
    const { made, behaviour } = calls();
    const first = createWorkbench(flow, { behaviour });
    const message = first.accept();
    await dieAt(first, message, { port: 'write', applied: false });
    const second = createWorkbench(flow, { behaviour, after: first });
    await second.carry(message);
    expect(made).toEqual(['a', 'a', 'b']);
    expect(second.snapshot(message)?.status).toBe('succeeded');
    expect(second.snapshot(message)?.spans.map(({ nodeId, status }) => `${nodeId} ${status}`)).toEqual([
      'hook succeeded',
      'a interrupted',
      'a succeeded',
      'b succeeded',
    ]);
  });

  it('rows 5 and 6: after the checkpoint of A is stored; the run goes on behind A', async () => {
    const { made, behaviour } = calls();
    const first = createWorkbench(flow, { behaviour });
    const message = first.accept();
    await dieAt(first, message, { port: 'write', applied: true });
    const second = createWorkbench(flow, { behaviour, after: first });
    await second.carry(message);
    expect(made).toEqual(['a', 'b']);
    expect(second.snapshot(message)).toMatchObject({ status: 'succeeded', crashes: 0 });
  });

  it('row 7: after B and before the terminal record; B is called again', async () => {
    const { made, behaviour } = calls();
    const first = createWorkbench(flow, { behaviour });
    const message = first.accept();
    await dieAt(first, message, { port: 'write', nth: 2, applied: false });
    const second = createWorkbench(flow, { behaviour, after: first });
    await second.carry(message);
    expect(made).toEqual(['a', 'b', 'b']);
  });

  it('rows 8 and 9: after the terminal record and before the ack; the redelivery only acks', async () => {
    const { made, behaviour } = calls();
    const first = createWorkbench(flow, { behaviour });
    const message = first.accept({}, { replyTo: 'inbox' });
    await dieAt(first, message, { port: 'write', nth: 2, applied: true });
    const second = createWorkbench(flow, { behaviour, after: first });
    await second.carry(message);
    expect(made).toEqual(['a', 'b']);
    expect(message.acked).toBe(true);
    expect(second.bus.replies).toEqual([{ replyTo: 'inbox', reply: { ended: 'succeeded' } }]);
  });

  it('row 10: after the wait is recorded and before its timer; the redelivery arms it', async () => {
    const made: string[] = [];
    const first = createWorkbench(flow, { behaviour: waiting(made) });
    const message = first.accept();
    await dieAt(first, message, { port: 'arm', applied: false });
    expect(first.bus.timers.size).toBe(0);
    const second = createWorkbench(flow, { behaviour: waiting(made), after: first });
    await second.carry(message);
    expect(message.acked).toBe(true);
    expect(second.bus.timers.get('execution-1')?.token).toBe(second.snapshot(message)?.lease);
    await second.wake('execution-1');
    expect(made).toEqual(['a', 'b']);
  });

  it('row 11: after the timer and before the ack; arming again changes nothing', async () => {
    const first = createWorkbench(flow, { behaviour: waiting([]) });
    const message = first.accept();
    await dieAt(first, message, { port: 'arm', applied: true });
    const armed = structuredClone(first.bus.timers.get('execution-1'));
    const second = createWorkbench(flow, { behaviour: waiting([]), after: first });
    await second.carry(message);
    expect(second.bus.timers.get('execution-1')).toEqual(armed);
    expect(second.bus.history.get('execution-1')).toHaveLength(2);
  });

  it('rows 12 and 13: after the timer fired and before the next record; the same timer message resumes', async () => {
    const made: string[] = [];
    const first = createWorkbench(flow, { behaviour: waiting(made) });
    const message = first.accept();
    await first.carry(message);
    first.clock.moveTo(first.bus.timers.get('execution-1')!.dueAt);
    const timer = first.bus.fire('execution-1')!;
    await dieAt(first, timer, { port: 'write', applied: false });
    const second = createWorkbench(flow, { behaviour: waiting(made), after: first });
    await second.carry(timer);
    expect(second.snapshot(message)).toMatchObject({ status: 'succeeded' });
    expect(timer.acked).toBe(true);
  });

  it('row 14: resumed and asleep again, before the second timer; the first timer message arms it', async () => {
    const failing = (): never => {
      throw unavailable();
    };
    const first = createWorkbench(flow, { behaviour: ({ nodeId }) => (nodeId === 'b' ? failing() : undefined) });
    const message = first.accept();
    await first.carry(message);
    first.clock.moveTo(first.bus.timers.get('execution-1')!.dueAt);
    const timer = first.bus.fire('execution-1')!;
    await dieAt(first, timer, { port: 'arm', applied: false });
    const second = createWorkbench(flow, { behaviour: () => undefined, after: first });
    await second.carry(timer);
    expect(timer.acked).toBe(true);
    expect(second.bus.timers.get('execution-1')?.token).toBe(second.snapshot(message)?.lease);
  });

  it('after the record of a failure and before its dead letter; the redelivery puts it', async () => {
    const behaviour = (): never => {
      throw new FlowError('REMOTE_REJECTED', { details: { remote: 'erp', status: 422 } });
    };
    const first = createWorkbench(flow, { behaviour });
    const message = first.accept();
    await dieAt(first, message, { port: 'deadLetter', applied: false });
    expect(first.bus.deadLetters.size).toBe(0);
    await createWorkbench(flow, { behaviour, after: first }).carry(message);
    expect(first.bus.deadLetters.get('execution-1')).toMatchObject({ nodeId: 'a', error: { code: 'REMOTE_REJECTED' } });
    expect(message.acked).toBe(true);
  });
});

describe('two workers meet', () => {
  it('row 15: one that was frozen loses at its next write, stops, and touches nothing of the other', async () => {
    const { made, behaviour } = calls();
    const frozen = createWorkbench(flow, { behaviour });
    const message = frozen.accept();
    const { write } = frozen.ports.journal;
    let thaw: () => void = () => undefined;
    frozen.ports.journal.write = async (snapshot, version) => {
      await new Promise<void>((resolve) => {
        thaw = resolve;
      });
      return write(snapshot, version);
    };
    const released: number[] = [];
    const lease = { ...frozen.lease(message), ack: () => undefined, release: (ms: number) => void released.push(ms) };
    const carried = frozen.engine.carry(lease, new AbortController().signal);
    await settleMicrotasks();
    const other = createWorkbench(flow, { behaviour, after: frozen });
    await other.carry(message);
    thaw();
    await carried;
    expect(made).toEqual(['a', 'a', 'b']);
    expect(released).toEqual([]);
    expect(other.bus.history.get('execution-1')?.at(-1)?.status).toBe('succeeded');
  });

  it('row 16: a timer that fires twice resumes once', async () => {
    const made: string[] = [];
    const bench = createWorkbench(flow, { behaviour: waiting(made) });
    await bench.carry(bench.accept());
    const { address, token, dueAt } = bench.bus.timers.get('execution-1')!;
    const twin = bench.bus.send('timer', address, token);
    bench.clock.moveTo(dueAt);
    await bench.wake('execution-1');
    await bench.carry(twin);
    expect(made).toEqual(['a', 'b']);
    expect(twin.acked).toBe(true);
  });

  it('row 22: an old lease of a finished execution is dropped, also when its count begins anew', async () => {
    const { made, behaviour } = calls();
    const bench = createWorkbench(flow, { behaviour });
    const message = bench.accept();
    await bench.carry(message);
    message.deliveries = 0;
    message.acked = false;
    await bench.carry(message);
    expect(message.acked).toBe(true);
    expect(bench.bus.history.get('execution-1')).toHaveLength(2);
    expect(made.filter((nodeId) => nodeId === 'b')).toHaveLength(1);
  });

  it('a timer whose execution is no longer kept is dropped', async () => {
    const bench = createWorkbench(flow);
    const stray = bench.bus.send('timer', { env: 'dev', flowId: flow.id, executionId: 'gone' }, 'token');
    await bench.carry(stray);
    expect(stray.acked).toBe(true);
  });
});
