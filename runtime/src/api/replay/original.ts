import { setTimeout as sleep } from 'node:timers/promises';
import type { BusinessKeys, DoneEffect, JournalSnapshot, RestingValue, Span, TriggerRecord } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { ApiOptions } from '../api.ts';
import { payloadOfTrigger, readResting, readTraced } from '../stored-payloads.ts';

/** An execution that is to be replayed, with all that is still kept of it. */
export interface Original {
  executionId: string;
  flowId: string;
  env: string;
  revision: number;
  status: string;
  spans: readonly Span[];
  /** The saga log. */
  effects: readonly DoneEffect[];
  /** Its journal record, while that is kept. */
  snapshot: JournalSnapshot | undefined;
  /** What it began with; undefined when neither journal nor trigger store has it. */
  head: ReplayHead | undefined;
  /** A payload of it whole, masked values sealed. `why` says what became of one that is not to be had. */
  payload(ref: string): Promise<{ value: unknown } | { why: string }>;
}

export interface ReplayHead {
  nodeId: string;
  headers: Record<string, string>;
  keys: BusinessKeys;
  lane?: string;
  item?: { index: number; count: number };
  keyBase?: string;
  /** What it was to know of masked values. */
  masked?: RestingValue;
  /** What came in could not run as it was. */
  wasRefused: boolean;
}

const JUST_ENDED_MS = 10_000;
const PATIENCE_MS = 3_000;
const POLL_MS = 100;

/** Gathers an execution from the journal, the trigger store and the read model; undefined when none of them knows it. */
export async function readOriginal(options: ApiOptions, executionId: string): Promise<Original | undefined> {
  const { db, bus } = options;
  const snapshot = await bus.executions.read(executionId);
  const row = await db.kysely
    .selectFrom('executions')
    .leftJoin('spans', 'spans.execution_id', 'executions.execution_id')
    .select(['flow_id', 'env', 'revision', 'status', 'trigger_seq', 'spans.spans', 'spans.effects'])
    .where('executions.execution_id', '=', executionId)
    .executeTakeFirst();
  const source = snapshot ?? (row && { flowId: row.flow_id, env: row.env, revision: row.revision, status: row.status });
  if (!source) return undefined;
  const seq = snapshot?.trigger.seq ?? row?.trigger_seq;
  const stored = typeof seq === 'number' && seq > 0 ? await storedTrigger(options, executionId, seq) : undefined;
  const { flowId, env, revision, status } = source;
  return {
    ...{ executionId, flowId, env, revision, status, snapshot },
    spans: snapshot?.spans ?? row?.spans ?? [],
    effects: snapshot?.effects ?? row?.effects ?? [],
    head: headOf(snapshot, stored),
    payload: (ref) => findPayload(options, { executionId, snapshot, stored }, ref),
  };
}

type StoredTrigger = TriggerRecord & { lane?: string };

/** The sequence may stand for another trigger when the store was emptied or restored. */
async function storedTrigger(
  { bus }: ApiOptions,
  executionId: string,
  seq: number,
): Promise<StoredTrigger | undefined> {
  const trigger = await bus.executions.trigger(seq);
  return trigger?.executionId === executionId ? trigger : undefined;
}

function headOf(snapshot: JournalSnapshot | undefined, stored: StoredTrigger | undefined): ReplayHead | undefined {
  const known = snapshot?.trigger ?? stored;
  if (!known) return undefined;
  const { nodeId, headers, keys, lane, item, keyBase, masked } = known;
  return {
    ...{ nodeId, headers, keys, wasRefused: stored?.refused !== undefined },
    ...(lane === undefined ? {} : { lane }),
    ...(item === undefined ? {} : { item }),
    ...(keyBase === undefined ? {} : { keyBase }),
    ...(masked === undefined ? {} : { masked }),
  };
}

async function findPayload(
  options: ApiOptions,
  from: Pick<Original, 'executionId' | 'snapshot'> & { stored: StoredTrigger | undefined },
  ref: string,
): Promise<{ value: unknown } | { why: string }> {
  const { executionId, snapshot, stored } = from;
  const resting = snapshot?.outputs[ref] ?? (stored && payloadOfTrigger(stored, ref));
  const kept = resting && (await readResting(options.bus.blobs, resting));
  if (kept) return kept;
  const patientUntil = isJustEnded(snapshot) ? Date.now() + PATIENCE_MS : 0;
  let traced = await readTraced(options, executionId, ref);
  while (!traced && Date.now() < patientUntil) {
    await sleep(POLL_MS);
    traced = await readTraced(options, executionId, ref);
  }
  if (!traced) return { why: 'is no longer kept' };
  return traced.truncated ? { why: 'was too large for the trace and is kept cut only' } : { value: traced.value };
}

/** Payloads come to the trace in batches, a moment after the record of the end. */
function isJustEnded(snapshot: JournalSnapshot | undefined): boolean {
  return snapshot?.endedAt !== undefined && Date.now() - Date.parse(snapshot.endedAt) < JUST_ENDED_MS;
}

/** What replays answer when something they need is gone. */
export function expired({ executionId }: Pick<Original, 'executionId'>, from: string, reason: string): FlowError {
  return new FlowError('API_REPLAY_EXPIRED', { details: { id: executionId, from, reason } });
}
