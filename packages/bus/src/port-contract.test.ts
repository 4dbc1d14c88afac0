import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeadLetterRecord, Lease } from '@crossdock/engine';
import { type BusPorts, type PortsUnderTest, portContract } from '@crossdock/engine/testing';
import { isFlowError } from '@crossdock/errors';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { connectBus, partsOf } from './connect.ts';
import { decodeJson } from './json.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { aTrigger, deployFlow } from './testing/fixtures.ts';
import { startNatsCluster, startNatsServer } from './testing/index.ts';

/** Leases that are held while the cases run side by side. */
const CONCURRENCY = 256;
const PATIENCE_MS = 30_000;

interface Opened extends PortsUnderTest {
  close(): Promise<void>;
}

/** Two workers on one bus, each with a connection of its own. */
async function openPorts(servers: string, replicas: number): Promise<Opened> {
  const buses = [
    await connectBus({ servers, replicas, name: 'one' }),
    await connectBus({ servers, replicas, name: 'other' }),
  ] as const;
  const [bus] = buses;
  await patiently(() => deployFlow(bus, 'orders', { concurrency: CONCURRENCY }));
  const delivered: Lease[] = [];
  const dropped = new Map<Lease, () => void>();
  const carry = (lease: Lease): Promise<void> =>
    new Promise((done) => {
      const answered = (answer: () => void): void => {
        answer();
        done();
      };
      const held: Lease = {
        ...lease,
        ack: () => answered(() => lease.ack()),
        release: (delayMs) => answered(() => lease.release(delayMs)),
      };
      dropped.set(held, done);
      delivered.push(held);
    });
  const sides = [openWorkerSide(buses[0]), openWorkerSide(buses[1])] as const;
  const runners = await Promise.all(sides.map((side) => side.consumeLeases({ concurrency: CONCURRENCY }, carry)));
  return {
    ...patient({ ...sides[0], blobs: bus.blobs }),
    other: patient({ ...sides[1], blobs: buses[1].blobs }),
    address: () => ({ env: 'dev', flowId: 'orders', executionId: randomUUID() }),
    async accept(trigger, place = {}) {
      const made = aTrigger({ payload: undefined, ...trigger, ...place });
      const { executionId } = await patiently(() => bus.triggers.accept(made));
      return { env: made.env, flowId: made.flowId, executionId };
    },
    delivered: async (executionId) => delivered.filter(({ address }) => address.executionId === executionId),
    drop: (lease) => dropped.get(lease)?.(),
    async deadLettersOf(executionId) {
      const { link } = partsOf(bus);
      const found: DeadLetterRecord[] = [];
      for (let seq = 1; ; ) {
        const stored = await link.next(STREAMS.deadLetters, 'dlq.>', seq);
        if (stored === undefined) return found.filter((record) => record.executionId === executionId);
        found.push(decodeJson(stored.data) as DeadLetterRecord);
        seq = stored.seq + 1;
      }
    },
    now: Date.now,
    pass: (ms) => sleep(ms),
    async close() {
      await Promise.all(runners.map((runner) => runner.stop(0)));
      for (const each of buses) await each.close();
    },
  };
}

/** A cluster may change a leader at any moment. Whoever hears that the bus is away tries again, as the engine does by the next delivery. */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isFlowError(error, 'SYSTEM_BUS_UNAVAILABLE') || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function patient({
  journal,
  timers,
  lanes,
  children,
  events,
  commands,
  cancels,
  guards,
  deadLetters,
  blobs,
}: BusPorts): BusPorts {
  const over = <Port extends object, Name extends keyof Port>(port: Port, ...names: Name[]): Port => {
    const wrap =
      (name: Name) =>
      (...values: unknown[]) =>
        patiently(() => (port[name] as (...all: unknown[]) => Promise<unknown>)(...values));
    return { ...port, ...Object.fromEntries(names.map((name) => [name, wrap(name)])) };
  };
  return {
    journal: over(journal, 'read', 'write'),
    timers: over(timers, 'arm'),
    lanes: over(lanes, 'read', 'claim', 'next'),
    children: over(children, 'start', 'ended', 'countEnds', 'readEnds'),
    events: over(events, 'emit', 'find', 'expect'),
    commands: over(commands, 'send'),
    cancels: over(cancels, 'want'),
    guards: over(guards, 'takePermits'),
    deadLetters: over(deadLetters, 'put'),
    blobs: over(blobs, 'put', 'get'),
  };
}

const servers = {
  async 'one server'() {
    const { url, stop } = await startNatsServer();
    return { urls: url, replicas: 1, stop };
  },
  async 'a cluster of three'() {
    const { urls, stop } = await startNatsCluster();
    return { urls, replicas: 3, stop };
  },
};

describe.each(Object.entries(servers))('NATS on %s keeps what the engine is promised:', (_name, start) => {
  let ports: Opened;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const started = await start();
    stop = started.stop;
    ports = await openPorts(started.urls, started.replicas);
  });
  afterAll(async () => {
    await ports?.close();
    await stop?.();
  });

  it.concurrent.each(portContract)('$name', ({ run }) => run(ports));
});
