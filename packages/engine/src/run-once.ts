import type { Reply } from '@crossdock/connector-sdk';
import type { ErrorJson } from '@crossdock/errors';
import { FlowError } from '@crossdock/errors';
import type { Flow } from '@crossdock/flow-model';
import { createCore, engineOf } from './engine.ts';
import { TRIGGER_REF } from './execution.ts';
import { noConnections } from './no-connections.ts';
import { noSeal } from './no-seal.ts';
import type { EnginePorts, Lease } from './ports.ts';
import type { ExecutionStatus, JournalSnapshot, Span, TriggerRecord } from './records.ts';
import { timestamp } from './timestamp.ts';

export interface RunOnceOptions {
  flow: Flow;
  payload: unknown;
  headers?: Record<string, string>;
  /** `simulate`: actions are not run, their span shows the request that would be sent. */
  effects: 'simulate' | 'real';
  /** Default `dev`. */
  env?: string;
  variables?: Record<string, unknown>;
  /** Default: the flow's first trigger. */
  triggerNodeId?: string;
  ports: Pick<EnginePorts, 'manifests' | 'runners' | 'http' | 'blobs' | 'clock' | 'newToken' | 'random'> &
    Partial<Pick<EnginePorts, 'messages' | 'connections'> & { emit: EnginePorts['events']['emit'] }>;
  /** Stops the run. */
  signal?: AbortSignal;
}

export interface OnceSpan extends Span {
  input?: unknown;
  output?: unknown;
  /** For `simulated`: the settings with their expressions evaluated. */
  config?: Record<string, unknown>;
}

export interface OnceResult {
  /** `waiting` when the run came to a durable wait. */
  status: ExecutionStatus;
  durationMs: number;
  error?: ErrorJson & { nodeId?: string };
  reply?: Reply;
  spans: OnceSpan[];
}

/**
 * Runs a draft once in process, with an in-memory journal: nothing rests anywhere. Retries wait in process as the engine does; a durable
 * wait ends the run. Payloads over the trace's limit are cut as there. Throws `FLOW_NO_TRIGGER`, and `SYSTEM_STOPPING` when stopped.
 */
export async function runOnce(options: RunOnceOptions): Promise<OnceResult> {
  const { flow } = options;
  const { emit: _emit, messages: _messages, connections: _connections, ...ports } = options.ports;
  const record = triggerRecord(options);
  const memory = memoryPorts(options);
  const configs = new Map<string, Record<string, unknown>>();
  const simulate = (span: Span, config: Record<string, unknown>): void => void configs.set(span.spanId, config);
  const core = createCore(
    { ...ports, ...memory.ports },
    { slots: 1 },
    options.effects === 'simulate' ? simulate : undefined,
  );
  const startedAt = ports.clock.now();
  const trouble: ErrorJson[] = [];
  const watched = {
    ...core,
    options: { ...core.options, observer: { troubled: ({ error }: { error: ErrorJson }) => void trouble.push(error) } },
  };
  await engineOf(watched).carry(onceLease(record), options.signal ?? new AbortController().signal);
  const snapshot = memory.latest();
  const [error] = trouble;
  if (error || !snapshot)
    throw new FlowError(error?.code ?? 'SYSTEM_UNEXPECTED', {
      message: error?.message ?? `flow "${flow.id}" left no record`,
    });
  return resultOf(snapshot, { durationMs: ports.clock.now() - startedAt, payloads: memory.payloads, configs });
}

function triggerRecord({
  flow,
  payload,
  headers = {},
  env = 'dev',
  triggerNodeId,
  ports,
}: RunOnceOptions): TriggerRecord {
  const isTrigger = (type: string): boolean => ports.manifests.get(type)?.kind === 'trigger';
  const node = flow.nodes.find(
    ({ id, type }) => isTrigger(type) && (triggerNodeId === undefined || id === triggerNodeId),
  );
  if (!node) throw new FlowError('FLOW_NO_TRIGGER');
  const receivedAt = timestamp(ports.clock.now());
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

function memoryPorts({ flow, payload, variables = {}, ports: { messages, connections, emit } }: RunOnceOptions): {
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
  return {
    status,
    durationMs: run.durationMs,
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
