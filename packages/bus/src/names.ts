import { createHash } from 'node:crypto';
import type { ExecutionAddress } from '@crossdock/engine';

/** Length of the hashed subject tokens: 100 bits of SHA-256 in base 16. */
const HASH_LENGTH = 25;

/** Header names that Crossdock puts on messages. */
export const HEADERS = { executionId: 'Fl-Exec', revision: 'Fl-Rev', blob: 'Fl-Blob' } as const;

/** Header names that nats-server obeys (ADR-43, ADR-51 and JetStream's own). */
export const SERVER_HEADERS = {
  expectedLastSubjectSequence: 'Nats-Expected-Last-Subject-Sequence',
  expectedLastSubjectSequenceSubject: 'Nats-Expected-Last-Subject-Sequence-Subject',
  messageId: 'Nats-Msg-Id',
  rollup: 'Nats-Rollup',
  ttl: 'Nats-TTL',
  schedule: 'Nats-Schedule',
  scheduleTarget: 'Nats-Schedule-Target',
  scheduler: 'Nats-Scheduler',
} as const;

/** A key of any length and alphabet as one subject token. */
export function hashToken(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, HASH_LENGTH);
}

/** Stands where a lane would, in the subject of a trigger of a flow that keeps no order. */
const UNORDERED = 'u';

/** Where a trigger rests: `evt.<env>.<flow>.<lane>.<dedupe hash or _>`; the lane is the hash of the ordering key, or `u`. */
export function triggerSubject(trigger: {
  env: string;
  flowId: string;
  orderingKey?: string;
  lane?: string;
  dedupeKey?: string;
}): string {
  const lane = trigger.lane ?? (trigger.orderingKey === undefined ? UNORDERED : hashToken(trigger.orderingKey));
  const dedupe = trigger.dedupeKey === undefined ? '_' : hashToken(trigger.dedupeKey);
  return `evt.${trigger.env}.${trigger.flowId}.${lane}.${dedupe}`;
}

/** Every place where a trigger with this dedupe key may rest: the same key is the same execution, whatever lane its ordering key gives. */
export function dedupeFilter(trigger: {
  env: string;
  flowId: string;
  orderingKey?: string;
  dedupeKey: string;
}): string {
  if (trigger.orderingKey === undefined) return triggerSubject(trigger);
  return `evt.${trigger.env}.${trigger.flowId}.*.${hashToken(trigger.dedupeKey)}`;
}

export const triggerFilter = (env: string, flowId: string): string => `evt.${env}.${flowId}.>`;

/** Those without a dedupe key. */
export const undedupedTriggerFilter = (env: string, flowId: string): string => `evt.${env}.${flowId}.*._`;

/** Durable consumer of one flow's triggers, shared by all workers. Flow ids hold no `_`, so the name reads back. */
export const triggerConsumer = (env: string, flowId: string): string => `w_${env}_${flowId}`;

/** Reads what `triggerConsumer` and `triggerSubject` wrote. */
export function flowOfConsumer(name: string): { env: string; flowId: string } | undefined {
  const match = /^w_(.+)_([^_]+)$/.exec(name);
  return match ? { env: match[1] as string, flowId: match[2] as string } : undefined;
}

export const journalSubject = (address: ExecutionAddress): string =>
  `j.${address.env}.${address.flowId}.${address.executionId}`;

export const timerSubject = (executionId: string): string => `run.s.t.${executionId}`;

export const runSubject = (address: ExecutionAddress): string =>
  `run.q.${address.env}.${address.flowId}.${address.executionId}`;

/** Reads the address out of `run.q.<env>.<flow>.<exec>`. */
export function addressOfRunSubject(subject: string): ExecutionAddress | undefined {
  const [run, queue, env, flowId, executionId] = subject.split('.');
  if (run !== 'run' || queue !== 'q' || !env || !flowId || !executionId) return undefined;
  return { env, flowId, executionId };
}

/** Reads environment and flow out of `evt.<env>.<flow>.<lane>.<dedupe>`. */
export function flowOfTriggerSubject(subject: string): { env: string; flowId: string } | undefined {
  const [evt, env, flowId, lane, dedupe] = subject.split('.');
  if (evt !== 'evt' || !env || !flowId || !lane || !dedupe) return undefined;
  return { env, flowId };
}

/** Reads the lane out of `evt.<env>.<flow>.<lane>.<dedupe>`; undefined where the flow keeps no order. */
export function laneOfTriggerSubject(subject: string): string | undefined {
  const lane = subject.split('.')[3];
  return lane === UNORDERED ? undefined : lane;
}

export const traceSubject = (env: string, flowId: string): string => `tr.${env}.${flowId}`;

export const deadLetterSubject = (env: string, flowId: string, nodeId: string | undefined): string =>
  `dlq.${env}.${flowId}.${nodeId ?? '_'}`;
