import { createHash } from 'node:crypto';
import type { ExecutionAddress, LaneAddress, ParentOf } from '@crossdock/engine';
import { BUCKETS } from './streams.ts';

/** Length of the hashed subject tokens: 100 bits of SHA-256 in base 16. */
const HASH_LENGTH = 25;

/** Header names that Crossdock puts on messages. */
export const HEADERS = {
  executionId: 'Fl-Exec',
  revision: 'Fl-Rev',
  blob: 'Fl-Blob',
  /** At which byte of a trigger its payload begins; see `WrittenTrigger`. */
  payloadAt: 'Fl-Payload-At',
  /** A journal record's status, so that it can be told without its body. */
  status: 'Fl-Status',
  /** Of a sleeping execution: when its timer fires, in milliseconds since 1970, or that it has none. */
  due: 'Fl-Due',
} as const;

/** Header names that nats-server obeys (ADR-43, ADR-49, ADR-51 and JetStream's own). */
export const SERVER_HEADERS = {
  expectedLastSubjectSequence: 'Nats-Expected-Last-Subject-Sequence',
  messageId: 'Nats-Msg-Id',
  rollup: 'Nats-Rollup',
  ttl: 'Nats-TTL',
  increment: 'Nats-Incr',
  schedule: 'Nats-Schedule',
  scheduleTarget: 'Nats-Schedule-Target',
} as const;

/** A key of any length and alphabet as one subject token. */
export function hashToken(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, HASH_LENGTH);
}

/** Stands where a lane would, in the subject of a trigger of a flow that keeps no order. */
export const UNORDERED = 'u';

/** What places a trigger on `EVT`. With `executionId` it is stored once for that id, whatever its dedupe key says. */
export interface TriggerPlace {
  env: string;
  flowId: string;
  orderingKey?: string;
  lane?: string;
  dedupeKey?: string;
  executionId?: string;
}

/** Where a trigger rests: `evt.<env>.<flow>.<lane>.<dedupe token or _>`; the lane is the hash of the ordering key, or `u`. */
export function triggerSubject(trigger: TriggerPlace): string {
  return `evt.${trigger.env}.${trigger.flowId}.${laneOf(trigger)}.${dedupeToken(trigger) ?? '_'}`;
}

/** Where the same key or id rests that came while its flow kept no order. */
export const unorderedSubject = ({ orderingKey: _key, ...trigger }: TriggerPlace): string =>
  triggerSubject({ ...trigger, lane: UNORDERED });

/**
 * Where it is written which execution stands for a key or id, for triggers that stand in a lane: the same key is the same execution, whatever
 * lane its ordering key gives. Undefined for a trigger in no lane, whose own subject says it, and for one that has neither key nor id.
 */
export function keySubject(trigger: TriggerPlace): string | undefined {
  const token = dedupeToken(trigger);
  const isOrdered = laneOf(trigger) !== UNORDERED;
  return token !== undefined && isOrdered ? `d.${trigger.env}.${trigger.flowId}.${token}` : undefined;
}

/** Where it is written which dedupe key stands for an arrival that is to count once; no dedupe token begins with this letter. */
export const onceSubject = ({ env, flowId }: { env: string; flowId: string }, name: string): string =>
  `d.${env}.${flowId}.o${hashToken(name)}`;

/** Whether it is stored once by a key or an id. */
export const isStoredOnce = (trigger: TriggerPlace): boolean => dedupeToken(trigger) !== undefined;

/** The lane a trigger stands in, `u` for none. */
export function laneOf({ lane, orderingKey }: TriggerPlace): string {
  return lane ?? (orderingKey === undefined ? UNORDERED : hashToken(orderingKey));
}

/** Execution ids begin with a letter that no hash begins with, so that no dedupe key of a sender can mean one. */
function dedupeToken({ executionId, dedupeKey }: TriggerPlace): string | undefined {
  if (executionId !== undefined) return `x${hashToken(executionId)}`;
  return dedupeKey === undefined ? undefined : hashToken(dedupeKey);
}

export const ALL_TRIGGERS = 'evt.>';

export const triggerFilter = (env: string, flowId: string): string => `evt.${env}.${flowId}.>`;

/** The triggers of one lane, or those in none. `undeduped`: only those without a dedupe token. */
export function laneTriggerFilter(
  { env, flowId, lane = UNORDERED }: Omit<LaneAddress, 'lane'> & { lane?: string },
  which: 'all' | 'undeduped',
): string {
  return `evt.${env}.${flowId}.${lane}.${which === 'all' ? '*' : '_'}`;
}

/** Whether the trigger on this subject is remembered by a key or an id. */
export const hasDedupeToken = (triggerSubject: string): boolean => !triggerSubject.endsWith('._');

/** Durable consumer of one flow's triggers, shared by all workers. Flow ids hold no `_`, so the name reads back. */
export const triggerConsumer = (env: string, flowId: string): string => `w_${env}_${flowId}`;

/** Reads what `triggerConsumer` wrote. */
export function flowOfConsumer(name: string): { env: string; flowId: string } | undefined {
  const match = /^w_(.+)_([^_]+)$/.exec(name);
  return match ? { env: match[1] as string, flowId: match[2] as string } : undefined;
}

export const journalSubject = (address: ExecutionAddress): string =>
  `j.${address.env}.${address.flowId}.${address.executionId}`;

/** All journal records, without the lanes beside them. */
export const JOURNAL_FILTER = 'j.>';

/** Reads the address out of `j.<env>.<flow>.<exec>`. */
export const addressOfJournalSubject = (subject: string): ExecutionAddress | undefined => addressIn(subject, 'j.');

export const laneSubject = ({ env, flowId, lane }: LaneAddress): string => `l.${env}.${flowId}.${lane}`;

export const laneFilter = (env: string, flowId: string): string => `l.${env}.${flowId}.*`;

/** Reads the lane out of `l.<env>.<flow>.<lane>`. */
export function laneOfLaneSubject(subject: string): LaneAddress | undefined {
  const [l, env, flowId, lane] = subject.split('.');
  return l === 'l' && env && flowId && lane ? { env, flowId, lane } : undefined;
}

export const timerSubject = (executionId: string): string => `run.s.t.${executionId}`;

/** A bell that is put off while more children end. */
export const bellSubject = (executionId: string): string => `run.s.b.${executionId}`;

export const runSubject = (address: ExecutionAddress): string =>
  `run.q.${address.env}.${address.flowId}.${address.executionId}`;

/** Fired timers and commands of one flow. */
export const runFilter = (env: string, flowId: string): string => `run.q.${env}.${flowId}.*`;

/** Reads the address out of `run.q.<env>.<flow>.<exec>`. */
export const addressOfRunSubject = (subject: string): ExecutionAddress | undefined => addressIn(subject, 'run.q.');

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

/** What hooks refused; no trace has so short a subject. */
export const REFUSALS_SUBJECT = 'tr.refused';

export const deadLetterSubject = (env: string, flowId: string, nodeId: string | undefined): string =>
  `dlq.${env}.${flowId}.${nodeId ?? '_'}`;

/** Where an event rests, by itself: the same id of the same source is the same event. */
export const eventSubject = (env: string, key: string, event: { source: string; id: string }): string =>
  `ord.${env}.${hashToken(key)}.${hashToken(JSON.stringify([event.source, event.id]))}`;

/** Reads what `eventSubject` wrote; undefined for another subject. */
export function partsOfEventSubject(subject: string): { env: string; keyHash: string; idHash: string } | undefined {
  const [ord, env, keyHash, idHash, more] = subject.split('.');
  return ord === 'ord' && env && keyHash && idHash && more === undefined ? { env, keyHash, idHash } : undefined;
}

export const ALL_EVENTS = 'ord.>';

/** All events of an environment. */
export const allEventsOf = (env: string): string => `ord.${env}.>`;

export const eventFilter = (env: string, key: string): string => `ord.${env}.${hashToken(key)}.*`;

/** That an execution waits for events with a key. */
export const expectationSubject = (address: ExecutionAddress, key: string): string =>
  `w.${address.env}.${hashToken(key)}.${address.flowId}.${address.executionId}`;

/** Everyone who waits for the event on `ord.<env>.<key hash>.<id hash>`; undefined when the subject is none. */
export function expectationFilter(eventSubject: string): string | undefined {
  const [ord, env, keyHash] = eventSubject.split('.');
  return ord === 'ord' && env && keyHash ? `w.${env}.${keyHash}.*.*` : undefined;
}

/** Reads who waits out of `w.<env>.<key hash>.<flow>.<exec>`. */
export function addressOfExpectation(subject: string): ExecutionAddress | undefined {
  const [w, env, , flowId, executionId] = subject.split('.');
  return w === 'w' && env && flowId && executionId ? { env, flowId, executionId } : undefined;
}

export const childEndSubject = (parent: ParentOf, index: number | '*'): string =>
  `jc.${parent.env}.${parent.executionId}.${parent.nodeId}.${parent.iteration}.${index}`;

export const tickSubject = ({ env, flowId, nodeId }: { env: string; flowId: string; nodeId: string }): string =>
  `cron.${env}.${flowId}.${nodeId}`;

export const permitSubject = (scope: string, startMs: number): string => `rl.${hashToken(scope)}.${startMs}`;

export const permitFilter = (scope: string): string => `rl.${hashToken(scope)}.*`;

/** Counter of the payload traces that workers had to drop; no hash of a rate limit's scope looks like it. */
export const DROPPED_TRACES_SUBJECT = 'rl.trace.dropped';

/** Rings at every process that looks for what changed at this trigger; nothing keeps it. */
export const hintSubject = ({ env, flowId, nodeId }: { env: string; flowId: string; nodeId: string }): string =>
  `fl.hint.${env}.${flowId}.${nodeId}`;

/** Subject of a key in a key-value bucket (ADR-8). */
export const bucketSubject = (bucket: string, key: string): string => `$KV.${bucket}.${key}`;

/** Where it is written to which record an id of a system belongs. */
export function xrefClaimSubject(env: string, entity: string, { system, id }: { system: string; id: string }): string {
  return bucketSubject(BUCKETS.xrefs, `i.${env}.${hashToken(JSON.stringify([entity, system, id]))}`);
}

/** Where a record of cross-references rests. */
export const xrefRecordSubject = (env: string, recordId: string): string =>
  bucketSubject(BUCKETS.xrefs, `r.${env}.${recordId}`);

/** All records of cross-references. */
export const XREF_RECORDS_FILTER = bucketSubject(BUCKETS.xrefs, 'r.>');

/** The environment of a record's subject. */
export function envOfXrefSubject(subject: string): string | undefined {
  return /^\$KV\.[^.]+\.r\.([^.]+)\.[^.]+$/.exec(subject)?.[1];
}

function addressIn(subject: string, prefix: string): ExecutionAddress | undefined {
  if (!subject.startsWith(prefix)) return undefined;
  const [env, flowId, executionId, more] = subject.slice(prefix.length).split('.');
  return env && flowId && executionId && more === undefined ? { env, flowId, executionId } : undefined;
}
