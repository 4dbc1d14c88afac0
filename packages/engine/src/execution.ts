import { type ErrorJson, errorToJson, type FlowError } from '@crossdock/errors';
import type { FlowNode } from '@crossdock/flow-model';
import type { Plan, PlannedNode } from './plan.ts';
import type { EnginePorts, ExecutionAddress } from './ports.ts';
import {
  type ExecutionStatus,
  type JournalSnapshot,
  type RestingValue,
  TERMINAL_STATUSES,
  type TriggerRecord,
} from './records.ts';
import { timeOf, timestamp } from './timestamp.ts';

/** Reference of the trigger's payload. */
export const TRIGGER_REF = 'trigger';

/** One execution in a worker's memory: what the journal would show if it were written now, and payloads in clear. */
export interface Execution {
  readonly address: ExecutionAddress;
  /** Undefined when the revision cannot be planned: such an execution can only fail. */
  readonly plan: Plan | undefined;
  /** Changed in place while the run goes on; `outputs` is filled when it is written. */
  snapshot: JournalSnapshot;
  /** The journal's version this run builds on; 0 = nothing is there. */
  version: number;
  /** Payloads in clear, by reference. */
  readonly payloads: Map<string, unknown>;
  /** Their sealed form with its size in bytes of JSON, made once. */
  readonly resting: Map<string, { output: RestingValue; size: number }>;
  /** What `headersOf` has opened. */
  headers?: Record<string, string>;
  /** What `snapshot.lookups` holds, in clear, by what was looked up. */
  lookups?: Map<string, readonly string[]>;
  /** References not yet handed to the trace. */
  readonly untraced: string[];
  /** Milliseconds since 1970. */
  now(): number;
}

export function newExecution(
  { clock }: Pick<EnginePorts, 'clock'>,
  address: ExecutionAddress,
  parts: { plan: Plan | undefined; snapshot: JournalSnapshot; version: number },
): Execution {
  return { address, ...parts, payloads: new Map(), resting: new Map(), untraced: [], now: () => clock.now() };
}

/** The snapshot of an execution that has done nothing yet. */
export function firstSnapshot(
  record: TriggerRecord,
  { seq, lane, now }: { seq: number; lane: string | undefined; now: number },
): JournalSnapshot {
  const { executionId, flowId, revision, env, nodeId, receivedAt, headers, keys } = record;
  const { payloadBytes, replyTo, replayOf, parent, item, keyBase, hops, masked } = record;
  return {
    v: 1,
    executionId,
    flowId,
    revision,
    env,
    status: 'running',
    lease: executionId,
    token: '',
    write: 0,
    crashes: 0,
    trigger: {
      nodeId,
      receivedAt,
      headers,
      keys,
      seq,
      ...(payloadBytes === undefined ? {} : { payloadBytes }),
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(replayOf === undefined ? {} : { replayOf }),
      ...(parent === undefined ? {} : { parent }),
      ...(item === undefined ? {} : { item }),
      ...(keyBase === undefined ? {} : { keyBase }),
      ...(hops === undefined ? {} : { hops }),
      ...(masked === undefined ? {} : { masked }),
      ...(lane === undefined ? {} : { lane }),
    },
    frontier: [],
    outputs: {},
    nodeOutputs: {},
    spans: [],
    startedAt: timestamp(now),
  };
}

export function plannedNode(execution: Execution, nodeId: string): PlannedNode {
  const node = execution.plan?.nodes.get(nodeId);
  if (!node) throw new TypeError(`the plan has no node "${nodeId}"`);
  return node;
}

/** Milliseconds since 1970 after which the execution has run too long; undoing has all the time it needs. */
export function deadlineOf({ snapshot, plan }: Execution): number {
  if (snapshot.status === 'compensating') return Number.POSITIVE_INFINITY;
  return timeOf(snapshot.startedAt) + (plan?.timeoutMs ?? Number.POSITIVE_INFINITY) + (snapshot.pausedMs ?? 0);
}

export function isTerminal({ status }: { status: ExecutionStatus }): boolean {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}

/** What stands for the execution in idempotency keys. */
export function keyBaseOf({ executionId, trigger }: JournalSnapshot): string {
  return trigger.keyBase ?? executionId;
}

/** The form in which a value may rest anywhere: masked places sealed. */
export function sealed<T>(ports: Pick<EnginePorts, 'seal'>, execution: Execution, value: T): T {
  if (!mayHoldSealed(execution)) return value;
  const { env, executionId } = execution.address;
  return ports.seal.seal(value, { env, executionId, mask: execution.plan?.mask ?? [] }) as T;
}

export function opened(ports: Pick<EnginePorts, 'seal'>, execution: Execution, value: unknown): unknown {
  if (!mayHoldSealed(execution)) return value;
  const { env, executionId } = execution.address;
  return ports.seal.open(value, { env, executionId });
}

/** An error as it may rest and be told: without the masked values that it quotes. */
export function redactedError(
  ports: Pick<EnginePorts, 'seal'>,
  { address: { env, executionId } }: Pick<Execution, 'address'>,
  error: FlowError,
): ErrorJson {
  return ports.seal.redact(errorToJson(error), { env, executionId });
}

/** The headers that came with the trigger, in clear. */
export function headersOf(ports: Pick<EnginePorts, 'seal'>, execution: Execution): Record<string, string> {
  execution.headers ??= opened(ports, execution, execution.snapshot.trigger.headers) as Record<string, string>;
  return execution.headers;
}

/** Masked values come from the flow's own mask, and from flows that called this one or were called by it, and events. */
export function mayHoldSealed({ plan, snapshot: { trigger } }: Execution): boolean {
  if (plan === undefined) return false;
  return plan.mask.length > 0 || plan.hearsOthers || trigger.hops !== undefined || trigger.masked !== undefined;
}

/** How a node is called in messages to people. */
export function labelOf(node: FlowNode): string {
  return node.name ?? node.id;
}
