import type { Flow } from '@crossdock/flow-model';
import { createEngine } from '../engine.ts';
import type { Engine, EngineOptions } from '../engine-options.ts';
import { noConnections } from '../no-connections.ts';
import { noSeal } from '../no-seal.ts';
import { noStatuses } from '../no-statuses.ts';
import { noXrefs } from '../no-xrefs.ts';
import type { EnginePorts, Lease } from '../ports.ts';
import type { JournalSnapshot, TriggerRecord } from '../records.ts';
import { type LeaseMessage, MemoryBus, overTheWire } from './memory-bus.ts';
import { type Behaviour, testManifests, testRunners } from './test-nodes.ts';
import { VirtualClock } from './virtual-clock.ts';

/** One engine on an in-memory bus and a virtual clock, for tests that drive it step by step. */
export interface Workbench {
  bus: MemoryBus;
  clock: VirtualClock;
  ports: EnginePorts;
  engine: Engine;
  /** Accepts a trigger; `carry` delivers it. */
  accept(payload?: unknown, parts?: Partial<TriggerRecord>, lane?: string): LeaseMessage;
  /** Delivers a message once more and waits, moving time as needed, until the engine has done with it. */
  carry(message: LeaseMessage, signal?: AbortSignal): Promise<void>;
  lease(message: LeaseMessage): Lease;
  /** Fires the execution's timer at its due time and carries it. */
  wake(executionId: string): Promise<void>;
  /** Carries every message that is neither acked nor held, until there is none; timers stay. */
  settle(): Promise<void>;
  snapshot(message: LeaseMessage): JournalSnapshot | undefined;
}

export function createWorkbench(
  flows: Flow | readonly Flow[],
  parts: {
    behaviour?: Behaviour;
    options?: EngineOptions;
    ports?: Partial<EnginePorts>;
    variables?: Record<string, unknown>;
    /** Go on with what another worker left. */
    after?: Workbench;
  } = {},
): Workbench {
  const bus = parts.after?.bus ?? new MemoryBus();
  const clock = parts.after?.clock ?? new VirtualClock();
  const all = Array.isArray(flows) ? (flows as readonly Flow[]) : [flows as Flow];
  const flow = all[0]!;
  const ports: EnginePorts = { ...memoryPorts(bus, clock, all, parts), ...parts.ports };
  const engine = createEngine(ports, parts.options);
  const lease = (message: LeaseMessage): Lease => leaseOf(bus, message, clock);
  const carry = async (message: LeaseMessage, signal = new AbortController().signal): Promise<void> => {
    let done = false;
    const carried = engine.carry(lease(message), signal).finally(() => {
      done = true;
    });
    while (!done) {
      await settleMicrotasks();
      const next = clock.nextAlarm();
      if (!done && next !== undefined) clock.moveTo(next);
    }
    await carried;
  };
  return {
    bus,
    clock,
    ports,
    engine,
    lease,
    carry,
    accept: (payload = {}, record = {}, lane = undefined) =>
      bus.accept({ ...triggerRecord(bus, clock, flow), payload, ...record }, lane),
    async settle() {
      const open = (): LeaseMessage | undefined =>
        bus.messages.find((one) => !one.acked && !one.held && one.availableAt <= clock.now());
      for (let message = open(); message; message = open()) await carry(message);
    },
    async wake(executionId) {
      const timer = bus.timers.get(executionId);
      if (timer) clock.moveTo(timer.dueAt);
      const message = bus.fire(executionId);
      if (message) await carry(message);
    },
    snapshot: ({ address }) => bus.snapshot(address.executionId),
  };
}

/** Lets everything that is ready run, until only time can go on. */
export function settleMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Delivers a message: counts the delivery and marks it held. */
export function leaseOf(bus: MemoryBus, message: LeaseMessage, clock: VirtualClock): Lease {
  message.deliveries += 1;
  message.held = true;
  const { kind, address, token, triggerSeq, lane, command } = message;
  let isAnswered = false;
  const answer = (act: () => void): void => {
    if (isAnswered) return;
    isAnswered = true;
    message.held = false;
    act();
  };
  return {
    kind,
    address,
    token,
    deliveryCount: message.deliveries,
    heldSince: clock.now(),
    ...(lane === undefined ? {} : { lane }),
    ...(command === undefined ? {} : { command }),
    ...(kind === 'trigger' ? { triggerSeq, trigger: async () => overTheWire(bus.triggers[triggerSeq - 1]!) } : {}),
    working: () => undefined,
    ack: () =>
      answer(() => {
        message.acked = true;
      }),
    release: (delayMs) =>
      answer(() => {
        message.availableAt = clock.now() + delayMs;
      }),
  };
}

/** Engine ports on a memory bus, without any fault. */
export function memoryPorts(
  bus: MemoryBus,
  clock: VirtualClock,
  flows: readonly Flow[],
  parts: { behaviour?: Behaviour; variables?: Record<string, unknown> } = {},
): EnginePorts {
  const tokens = { made: 0, prefix: `w${bus.messages.reduce((sum, { deliveries }) => sum + deliveries, 0)}` };
  return {
    journal: {
      read: async (address) => bus.read(address),
      write: async (snapshot, version) => bus.write(snapshot, version),
    },
    timers: { arm: async (address, timer) => bus.arm(address, timer) },
    trace: { record: (record) => void bus.traces.push(overTheWire(record)) },
    deadLetters: { put: async (record) => void bus.deadLetters.set(record.executionId, overTheWire(record)) },
    connections: noConnections,
    replies: { reply: (replyTo, reply) => void bus.replies.push({ replyTo, reply }) },
    blobs: {
      put: async (bytes, contentType) => {
        const ref = bus.putBlob(bytes);
        return { ref, contentType, size: bytes.length, sha256: '' };
      },
      get: async (ref) => bus.getBlob(ref),
    },
    http: () => () => Promise.reject(new TypeError('test nodes make no calls')),
    messages: () => ({ publish: () => Promise.reject(new TypeError('test nodes send no messages')) }),
    xrefs: noXrefs,
    statuses: noStatuses,
    clock,
    flows: {
      revision: async (flowId) => flows.find(({ id }) => id === flowId),
      variables: () => parts.variables ?? {},
      deployed: (_env, flowId) => (flows.some(({ id }) => id === flowId) ? 1 : undefined),
    },
    lanes: {
      read: async (lane) => bus.readLane(lane),
      claim: async (lane, record, version) => bus.claimLane(lane, record, version),
      next: async (lane, afterSeq) => bus.nextInLane(lane, afterSeq),
    },
    children: {
      start: async (child) => bus.startChild(child),
      // Of many children, too, each may ring: the bus puts bells off but does not count.
      ended: async (parent, end) => {
        bus.recordEnd(parent, end);
        bus.command(parent, { type: 'bell' });
      },
      countEnds: async (parent) => bus.endsOf(parent).length,
      readEnds: async (parent) => bus.endsOf(parent),
    },
    events: {
      emit: async (env, key, event) => bus.emit(env, key, event, clock.now()),
      find: async (query) => bus.findEvent(query),
      expect: async (address, { key }) => bus.expect(address, key),
    },
    commands: { send: async (address, command) => void bus.command(address, command) },
    cancels: {
      want: async (executionId, by) => bus.wantCancel(executionId, by),
      wanted: (executionId) => bus.wantedCancels.get(executionId),
      onWanted: (executionId, listener) => bus.onWantedCancel(executionId, listener),
    },
    guards: {
      breaker: (scope) => overTheWire(bus.breakers.get(scope)),
      setBreaker: async (scope, next, version) => bus.setBreaker(scope, next, version),
      takePermits: async (scope, window) => bus.takePermits(scope, window),
    },
    seal: noSeal,
    manifests: testManifests,
    runners: testRunners(parts.behaviour),
    newToken: () => {
      tokens.made += 1;
      return `${tokens.prefix}-${tokens.made}`;
    },
    random: () => 0.5,
  };
}

function triggerRecord(bus: MemoryBus, clock: VirtualClock, flow: Flow): TriggerRecord {
  return {
    executionId: `execution-${bus.triggers.length + 1}`,
    flowId: flow.id,
    revision: 1,
    env: 'dev',
    nodeId: flow.nodes[0]!.id,
    receivedAt: new Date(clock.now()).toISOString(),
    headers: {},
    keys: {},
  };
}
