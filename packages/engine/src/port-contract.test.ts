import { FlowError } from '@crossdock/errors';
import { describe, expect, it } from 'vitest';
import type { ExecutionAddress, Lease } from './ports.ts';
import type { ChildEnd } from './records.ts';
import {
  type BusPorts,
  leaseOf,
  MemoryBus,
  memoryPorts,
  type PortsUnderTest,
  portContract,
  settleMicrotasks,
  VirtualClock,
} from './testing/index.ts';

/** A lease that its worker left comes again after this. */
const ACK_WAIT_MS = 8_000;

/** Two workers' ports on the model. Its clock runs as far as someone waits. */
function portsOnModel(): PortsUnderTest {
  const bus = new MemoryBus();
  const clock = new VirtualClock();
  const leases: { lease: Lease; drop(): void }[] = [];
  let named = 0;
  const address = (): ExecutionAddress => ({ env: 'dev', flowId: 'orders', executionId: `e${++named}` });
  const deliver = (): void => {
    for (const [executionId, { dueAt }] of bus.timers) if (dueAt <= clock.now()) bus.fire(executionId);
    for (const message of bus.messages) {
      if (message.acked || message.held || message.availableAt > clock.now()) continue;
      const drop = (): void => {
        message.held = false;
        message.availableAt = clock.now() + ACK_WAIT_MS;
      };
      leases.push({ lease: leaseOf(bus, message, clock), drop });
    }
  };
  const pass = async (ms: number): Promise<void> => {
    const end = clock.now() + ms;
    for (;;) {
      deliver();
      await settleMicrotasks();
      const due = [
        ...[...bus.timers.values()].map(({ dueAt }) => dueAt),
        ...bus.messages.filter(({ acked, held }) => !acked && !held).map(({ availableAt }) => availableAt),
      ];
      const next = Math.min(...due.filter((at) => at > clock.now()));
      if (next > end) break;
      clock.moveTo(next);
    }
    clock.moveTo(end);
  };
  return {
    ...memoryPorts(bus, clock, []),
    other: memoryPorts(bus, clock, []),
    address,
    async accept(trigger, { lane } = {}) {
      const place = { ...address(), ...(trigger.flowId === undefined ? {} : { flowId: trigger.flowId }) };
      const at = new Date(clock.now()).toISOString();
      const record = { ...place, revision: 1, nodeId: 'hook', receivedAt: at, headers: {}, keys: {}, ...trigger };
      return bus.accept(record, lane).address;
    },
    async delivered(executionId) {
      deliver();
      return leases.flatMap(({ lease }) => (lease.address.executionId === executionId ? [lease] : []));
    },
    drop: (lease) => leases.find((one) => one.lease === lease)?.drop(),
    deadLettersOf: async (executionId) =>
      [...bus.deadLetters.values()].filter((one) => one.executionId === executionId),
    now: () => clock.now(),
    pass,
  };
}

describe('the in-memory model keeps what the engine is promised:', () => {
  it.each(portContract)('$name', ({ run }) => run(portsOnModel()));

  it('all of it side by side', async () => {
    const ports = portsOnModel();
    await Promise.all(portContract.map(({ run }) => run(ports)));
  });
});

type Mutation = (ports: PortsUnderTest) => Partial<PortsUnderTest>;

/** Replaces one method of one port. */
function method<Name extends keyof BusPorts>(
  port: Name,
  change: (port: BusPorts[Name], ports: PortsUnderTest) => Partial<BusPorts[Name]>,
): Mutation {
  return (ports) => ({ [port]: { ...ports[port], ...change(ports[port], ports) } });
}

const mutations: Record<string, Mutation> = {
  'writes over whatever is in the journal': method('journal', ({ read, write }) => ({
    write: async (snapshot) => write(snapshot, (await read(snapshot))?.version ?? 0),
  })),
  'loses a journal write that is made again': method('journal', ({ read, write }) => ({
    write: async (snapshot, version) => {
      if (((await read(snapshot))?.version ?? 0) !== version) throw new FlowError('SYSTEM_LEASE_LOST');
      return write(snapshot, version);
    },
  })),
  'reads what a follower has': method('journal', ({ read }) => {
    let last: Awaited<ReturnType<typeof read>>;
    return {
      async read(address) {
        const behind = last;
        last = await read(address);
        return behind?.snapshot.executionId === address.executionId ? behind : last;
      },
    };
  }),
  'keeps the first timer': method('timers', ({ arm }) => {
    const armed = new Set<string>();
    return {
      async arm(address, timer) {
        if (!armed.has(address.executionId)) await arm(address, timer);
        armed.add(address.executionId);
      },
    };
  }),
  'arms a timer by its token alone': method('timers', ({ arm }) => ({
    arm: (address, timer) => arm({ ...address, executionId: timer.token }, timer),
  })),
  'lets two claim one head': method('lanes', ({ read, claim }) => ({
    claim: async (lane, record) => claim(lane, record, (await read(lane))?.version ?? 0),
  })),
  'brings a lane’s head again': method('lanes', ({ next }) => ({
    next: (lane, afterSeq) => next(lane, Math.max(0, afterSeq - 1)),
  })),
  'takes the newest end of a child': method('children', ({ readEnds, ended }) => {
    const newest = new Map<string, ChildEnd>();
    return {
      async ended(parent, end) {
        newest.set(`${parent.executionId} ${parent.nodeId} ${parent.iteration} ${end.index}`, end);
        await ended(parent, end);
      },
      readEnds: async (parent) =>
        (await readEnds(parent)).map(
          (end) => newest.get(`${parent.executionId} ${parent.nodeId} ${parent.iteration} ${end.index}`) ?? end,
        ),
    };
  }),
  'rings with the first of many ends only': method('children', ({ ended, countEnds }) => ({
    ended: async (parent, end) => {
      if (parent.count === 1 || (await countEnds(parent)) === 0) await ended(parent, end);
    },
  })),
  'starts a child each time': method('children', (_children, { accept }) => ({
    start: async (child) => void (await accept(child)),
  })),
  'finds events of any type': method('events', ({ find }) => ({
    find: ({ eventType: _type, ...query }) => find(query),
  })),
  'finds events of any time': method('events', ({ find }) => ({
    find: (query) => find({ ...query, since: '2000-01-01T00:00:00.000Z' }),
  })),
  'expects nothing': method('events', () => ({ expect: async () => undefined })),
  'sends every command once': method('commands', ({ send }) => {
    const sent = new Set<string>();
    return {
      async send(address, command) {
        const name = `${address.executionId} ${command.type}`;
        if (!sent.has(name)) await send(address, command);
        sent.add(name);
      },
    };
  }),
  'hears wishes of its own only': method('cancels', () => {
    const { cancels } = portsOnModel();
    return cancels;
  }),
  'counts permits by itself': method('guards', () => {
    const { guards } = portsOnModel();
    return { takePermits: guards.takePermits };
  }),
  'opens a breaker that another opened': method('guards', ({ breaker, setBreaker }) => ({
    setBreaker: (scope, next) => setBreaker(scope, next, breaker(scope)?.version ?? 0),
  })),
};

describe('the contract notices a bus that', () => {
  it.each(Object.entries(mutations))('%s', async (_name, mutate) => {
    const ports = portsOnModel();
    const other = { ...ports.other, ...mutate({ ...ports, ...ports.other }) };
    const broken = { ...ports, ...mutate(ports), other };
    const results = await Promise.allSettled(portContract.map(({ run }) => run(broken)));
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });
});
