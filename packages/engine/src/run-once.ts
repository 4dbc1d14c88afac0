import type { NarrowAnswer, Reply } from '@crossdock/connector-sdk';
import type { ErrorJson } from '@crossdock/errors';
import { FlowError } from '@crossdock/errors';
import { type Answers, type Flow, type TestXref, xrefsOf } from '@crossdock/flow-model';
import { createCore, engineOf } from './engine.ts';
import { isTerminal, TRIGGER_REF } from './execution.ts';
import { noConnections } from './no-connections.ts';
import { noSeal } from './no-seal.ts';
import { noStatuses } from './no-statuses.ts';
import { noXrefs } from './no-xrefs.ts';
import type { EnginePorts, Lease } from './ports.ts';
import type { ExecutionStatus, JournalSnapshot, Span, TriggerRecord } from './records.ts';
import { timeOf, timestamp } from './timestamp.ts';
import { createTrial } from './trial.ts';
import { createTrialClock } from './trial-clock.ts';

export interface RunOnceOptions {
  flow: Flow;
  payload: unknown;
  headers?: Record<string, string>;
  /**
   * `simulate`: actions are not run, their span shows the settings that they would have run with; waits and retries take no time. `real`: they are,
   * and the clock of the ports counts.
   */
  effects: 'simulate' | 'real';
  /** What nodes answer instead of being run, real effects or not: by node, one for each visit; simulated, the last one for all further visits. */
  answers?: Answers;
  /** Node types that are answered for even where effects are real. */
  neverReal?: readonly string[];
  /** Node types that run even where effects are simulated, unless they have answers: what they change rests in `ports`. */
  runAnyhow?: readonly string[];
  /** Stops before the attempt after so many; the trigger's counts as one. */
  stopAfter?: number;
  /** Simulated: the moment at which time stands still, in ms since 1970. Left out, it is now and goes on. */
  startsAt?: number;
  /** Default `dev`. */
  env?: string;
  variables?: Record<string, unknown>;
  /** Default: the flow's first trigger. */
  triggerNodeId?: string;
  ports: Pick<EnginePorts, 'manifests' | 'runners' | 'http' | 'blobs' | 'clock' | 'newToken' | 'random'> &
    Partial<
      Pick<EnginePorts, 'messages' | 'connections' | 'xrefs' | 'statuses'> & {
        emit: EnginePorts['events']['emit'];
        /** By node type: where effects are simulated, lets answers say what the nodes ask for. */
        narrowers: ReadonlyMap<string, NarrowAnswer>;
      }
    >;
  /** Stops the run. */
  signal?: AbortSignal;
}

export interface OnceSpan extends Span {
  input?: unknown;
  output?: unknown;
  /** Where the node was answered for: its settings with their expressions evaluated. */
  config?: Record<string, unknown>;
}

export interface OnceResult {
  /** `waiting` when the run came to a durable wait. */
  status: ExecutionStatus;
  durationMs: number;
  error?: ErrorJson & { nodeId?: string };
  reply?: Reply;
  spans: OnceSpan[];
  /** Cross-references that it looked up and found. */
  xrefs?: TestXref[];
  /** Where the run was stopped, the nodes that are next; its status is `running`. */
  next?: string[];
}

/**
 * Runs a draft once in process, with an in-memory journal: nothing rests anywhere. With real effects retries wait in process as the engine does,
 * and a durable wait ends the run. Payloads over the trace's limit are cut as there. Throws `FLOW_NO_TRIGGER`, and `SYSTEM_STOPPING` when stopped.
 */
export async function runOnce(options: RunOnceOptions): Promise<OnceResult> {
  const { flow } = options;
  const {
    emit: _emit,
    messages: _messages,
    connections: _connections,
    xrefs: _xrefs,
    statuses: _statuses,
    narrowers,
    ...ports
  } = options.ports;
  const skipping = options.effects === 'simulate' ? createTrialClock(options.startsAt) : undefined;
  const clock = skipping ?? ports.clock;
  const record = triggerRecord(options, clock.now());
  const memory = memoryPorts(options);
  const configs = new Map<string, Record<string, unknown>>();
  const { answers, neverReal, runAnyhow, stopAfter } = options;
  const isSimulated = options.effects === 'simulate';
  const trial = createTrial({
    isSimulated,
    configs,
    ...(answers ? { answers } : {}),
    ...(neverReal ? { neverReal } : {}),
    ...(runAnyhow ? { runAnyhow } : {}),
    ...(narrowers ? { narrowers } : {}),
    ...(stopAfter === undefined ? {} : { stopAfter }),
  });
  const core = createCore(
    { ...ports, ...memory.ports, clock },
    { slots: 1, itemsInProcess: Number.POSITIVE_INFINITY },
    trial,
  );
  const startedAt = clock.now();
  const trouble: ErrorJson[] = [];
  const watched = {
    ...core,
    options: { ...core.options, observer: { troubled: ({ error }: { error: ErrorJson }) => void trouble.push(error) } },
  };
  const engine = engineOf(watched);
  const signal = options.signal ?? new AbortController().signal;
  await engine.carry(onceLease(record), signal);
  for (let due = dueOf(memory.latest(), stopAfter); skipping && due; due = dueOf(memory.latest(), stopAfter)) {
    skipping.skipTo(due.at);
    await engine.carry({ ...onceLease(record), kind: 'timer', token: due.token }, signal);
    if (trouble.length > 0) break;
  }
  const snapshot = memory.latest();
  const [error] = trouble;
  if (error || !snapshot)
    throw new FlowError(error?.code ?? 'SYSTEM_UNEXPECTED', {
      message: error?.message ?? `flow "${flow.id}" left no record`,
    });
  const run = { durationMs: clock.now() - startedAt, payloads: memory.payloads, configs };
  return { ...resultOf(snapshot, run), ...stoppedAt(snapshot, stopAfter) };
}

/** When a sleeping run goes on by itself, and the token of the timer that wakes it; undefined for one that has ended or waits for something else. */
function dueOf(snapshot: JournalSnapshot | undefined, stopAfter = Number.POSITIVE_INFINITY) {
  if (!snapshot?.asleep || snapshot.wakeAt === undefined || snapshot.spans.length >= stopAfter) return undefined;
  if (!snapshot.frontier.some(({ dueAt }) => dueAt !== undefined)) return undefined;
  return { at: timeOf(snapshot.wakeAt), token: snapshot.lease };
}

function stoppedAt(snapshot: JournalSnapshot, stopAfter = Number.POSITIVE_INFINITY) {
  const { spans, frontier } = snapshot;
  if (spans.length < stopAfter || isTerminal(snapshot) || frontier.length === 0) return {};
  return { status: 'running' as const, next: [...new Set(frontier.map(({ nodeId }) => nodeId))] };
}

function triggerRecord(
  { flow, payload, headers = {}, env = 'dev', triggerNodeId, ports }: RunOnceOptions,
  now: number,
): TriggerRecord {
  const isTrigger = (type: string): boolean => ports.manifests.get(type)?.kind === 'trigger';
  const node = flow.nodes.find(
    ({ id, type }) => isTrigger(type) && (triggerNodeId === undefined || id === triggerNodeId),
  );
  if (!node) throw new FlowError('FLOW_NO_TRIGGER');
  const receivedAt = timestamp(now);
  return {
    executionId: ports.newToken(),
    flowId: flow.id,
    revision: 0,
    env,
    nodeId: node.id,
    receivedAt,
    headers,
    keys: {},
    payload,
  };
}

function onceLease(record: TriggerRecord): Lease {
  const { env, flowId, executionId } = record;
  return {
    kind: 'trigger',
    address: { env, flowId, executionId },
    token: executionId,
    deliveryCount: 1,
    heldSince: 0,
    triggerSeq: 0,
    trigger: async () => record,
    working: () => undefined,
    ack: () => undefined,
    release: () => undefined,
  };
}

type Given = 'manifests' | 'runners' | 'http' | 'blobs' | 'clock' | 'newToken' | 'random';
type Memory = Omit<EnginePorts, Given>;

const noBus = (): Promise<never> =>
  Promise.reject(new FlowError('CONFIG_MISSING', { details: { what: 'the message bus of a test run' } }));

function memoryPorts({
  flow,
  payload,
  variables = {},
  ports: { messages, connections, xrefs, statuses, emit },
}: RunOnceOptions): {
  ports: Memory;
  payloads: Map<string, unknown>;
  latest(): JournalSnapshot | undefined;
} {
  const payloads = new Map<string, unknown>([[TRIGGER_REF, payload]]);
  let latest: JournalSnapshot | undefined;
  let version = 0;
  return {
    payloads,
    latest: () => latest,
    ports: {
      journal: {
        read: async () => latest && { snapshot: latest, version },
        write: async (snapshot) => {
          latest = snapshot;
          version += 1;
          return version;
        },
      },
      timers: { arm: async () => undefined },
      trace: {
        record: ({ payloads: emitted }) => {
          for (const { ref, json } of emitted) payloads.set(ref, json === undefined ? undefined : JSON.parse(json));
        },
      },
      deadLetters: { put: async () => undefined },
      replies: { reply: () => undefined },
      flows: { revision: async () => flow, variables: () => variables, deployed: () => undefined },
      connections: connections ?? noConnections,
      messages: messages ?? (() => ({ publish: noBus })),
      xrefs: xrefs ?? noXrefs,
      statuses: statuses ?? noStatuses,
      events: { emit: emit ?? noBus, find: async () => undefined, expect: async () => undefined },
      // One run, on its own: nothing queues before it, and it starts no other.
      lanes: { read: async () => undefined, claim: async () => undefined, next: async () => undefined },
      children: { start: noBus, ended: async () => undefined, countEnds: async () => 0, readEnds: async () => [] },
      commands: { send: async () => undefined },
      cancels: { want: async () => undefined, wanted: () => undefined, onWanted: () => () => undefined },
      guards: {
        breaker: () => undefined,
        setBreaker: async () => true,
        takePermits: async (_scope, { wanted }) => wanted,
      },
      seal: noSeal,
    },
  };
}

function resultOf(
  snapshot: JournalSnapshot,
  run: {
    durationMs: number;
    payloads: ReadonlyMap<string, unknown>;
    configs: ReadonlyMap<string, Record<string, unknown>>;
  },
): OnceResult {
  const { status, error, reply } = snapshot;
  const xrefs = xrefsOf(snapshot.lookups ?? []);
  return {
    status,
    durationMs: run.durationMs,
    ...(xrefs.length > 0 ? { xrefs } : {}),
    ...(error ? { error } : {}),
    ...(reply ? { reply } : {}),
    spans: snapshot.spans.map((span) => {
      const config = run.configs.get(span.spanId);
      return {
        ...span,
        ...(span.inputRef !== undefined && run.payloads.has(span.inputRef)
          ? { input: run.payloads.get(span.inputRef) }
          : {}),
        ...(span.outputRef !== undefined && run.payloads.has(span.outputRef)
          ? { output: run.payloads.get(span.outputRef) }
          : {}),
        ...(config ? { config } : {}),
      };
    }),
  };
}
