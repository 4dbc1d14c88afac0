import { describe, expect, it } from 'vitest';
import type { AloneOutcome, EngineOptions } from './engine-options.ts';
import type { Lease } from './ports.ts';
import { createWorkbench, type LeaseMessage, settleMicrotasks, testFlow, type Workbench } from './testing/index.ts';

const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);

/** Delivers the message to a worker that dies of it; gives the bus to the next. */
async function killAWorker(
  after: Workbench | undefined,
  message: LeaseMessage | undefined,
  options: EngineOptions = {},
): Promise<{ bench: Workbench; message: LeaseMessage }> {
  const bench = createWorkbench(flow, {
    behaviour: () => new Promise(() => undefined),
    options,
    ...(after ? { after } : {}),
  });
  const delivered = message ?? bench.accept();
  void bench.engine.carry(bench.lease(delivered), new AbortController().signal);
  await settleMicrotasks();
  return { bench, message: delivered };
}

async function afterCrashes(count: number): Promise<{ bench: Workbench; message: LeaseMessage }> {
  let left = await killAWorker(undefined, undefined);
  for (let crash = 1; crash < count; crash++) left = await killAWorker(left.bench, left.message);
  return left;
}

describe('a payload that kills its worker', () => {
  it('is counted before it runs again, and each attempt that died is shown', async () => {
    const { bench, message } = await afterCrashes(3);
    expect(bench.snapshot(message)).toMatchObject({ status: 'running', crashes: 2, begun: true });
    const interrupted = bench.snapshot(message)!.spans.filter(({ status }) => status === 'interrupted');
    expect(interrupted.map(({ nodeId }) => nodeId)).toEqual(['a', 'a']);
  });

  it('runs in a process of its own after two crashes, and is over when that settles it', async () => {
    const { bench, message } = await afterCrashes(2);
    const leases: Lease[] = [];
    const runAlone = async (lease: Lease): Promise<AloneOutcome> => {
      leases.push(lease);
      lease.ack();
      return 'settled';
    };
    const supervised = createWorkbench(flow, { options: { runAlone }, after: bench });
    await supervised.carry(message);
    expect(leases).toHaveLength(1);
    expect(message.acked).toBe(true);
    expect(supervised.bus.deadLetters.size).toBe(0);
  });

  it('is carried there by an engine of its own, which counts nothing', async () => {
    const { bench, message } = await afterCrashes(2);
    const alone = createWorkbench(flow, { options: { alone: true }, after: bench });
    await alone.carry(message);
    expect(alone.snapshot(message)?.status).toBe('succeeded');
  });

  it('is condemned by a crash there, with a dead letter', async () => {
    const { bench, message } = await afterCrashes(2);
    const supervised = createWorkbench(flow, { options: { runAlone: async () => 'crashed' }, after: bench });
    await supervised.carry(message);
    expect(supervised.snapshot(message)).toMatchObject({
      status: 'failed',
      error: { code: 'RUN_CRASHED', nodeId: 'a' },
    });
    expect(supervised.bus.deadLetters.get('execution-1')?.error.code).toBe('RUN_CRASHED');
    expect(message.acked).toBe(true);
  });

  it('is condemned after five crashes where no process of its own can be had', async () => {
    const { bench, message } = await afterCrashes(5);
    expect(bench.snapshot(message)?.status).toBe('running');
    const last = createWorkbench(flow, { after: bench });
    await last.carry(message);
    expect(last.snapshot(message)).toMatchObject({ status: 'failed', crashes: 5, error: { code: 'RUN_CRASHED' } });
  });
});

describe('what is no crash', () => {
  it('a lease that this process gave back itself', async () => {
    const bench = createWorkbench(flow, { options: { slots: 1 } });
    const message = bench.accept();
    const stopped = AbortSignal.abort();
    for (let delivery = 0; delivery < 8; delivery++) await bench.carry(message, stopped);
    await bench.carry(message);
    expect(bench.snapshot(message)).toMatchObject({ status: 'succeeded', crashes: 0 });
  });

  it('a delivery that left a record of progress', async () => {
    const three = testFlow({ hook: 'trigger', a: 'effect', b: 'effect' }, ['hook>a', 'a>b']);
    const behaviour = ({ nodeId }: { nodeId: string }) => (nodeId === 'b' ? new Promise(() => undefined) : undefined);
    const first = createWorkbench(three, { behaviour });
    const message = first.accept();
    void first.engine.carry(first.lease(message), new AbortController().signal);
    await settleMicrotasks();
    const second = createWorkbench(three, { behaviour, after: first });
    void second.engine.carry(second.lease(message), new AbortController().signal);
    await settleMicrotasks();
    expect(second.snapshot(message)).toMatchObject({ crashes: 0, begun: true });
  });
});

describe('a payload that kills whoever reads it', () => {
  it('is counted before it is read, so that it is condemned and not read for ever', async () => {
    const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
    const first = createWorkbench(flow);
    first.ports.blobs.get = () => new Promise(() => undefined);
    const message = first.accept(undefined, { payloadBlob: 'bomb' });
    let bench = first;
    for (let death = 0; death < 6; death++) {
      const ack = (): void => {
        message.acked = true;
      };
      const lease = { ...bench.lease(message), ack, release: () => undefined };
      void bench.engine.carry(lease, new AbortController().signal);
      for (let turn = 0; turn < 5; turn++) await settleMicrotasks();
      message.held = false;
      bench = createWorkbench(flow, { after: bench });
      bench.ports.blobs.get = () => new Promise(() => undefined);
    }
    expect(bench.snapshot(message)).toMatchObject({ status: 'failed', error: { code: 'RUN_CRASHED' } });
    expect(message.acked).toBe(true);
  });
});
