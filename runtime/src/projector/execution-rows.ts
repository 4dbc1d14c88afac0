import {
  type DoneEffect,
  type JournalSnapshot,
  mostAttempts,
  type ParentRef,
  type Span,
  TERMINAL_STATUSES,
  type TriggerRecord,
} from '@crossdock/engine';
import type { ErrorJson } from '@crossdock/errors';
import type { Selectable } from 'kysely';
import type { ExecutionsTable } from '../store/index.ts';

/** An execution as the read model holds it. */
export type ExecutionRecord = Selectable<ExecutionsTable>;

/** Longest business key value that is indexed: longer ones are cut, in searches alike. */
export const MAX_KEY_LENGTH = 500;

/** An accepted trigger: running from now on. */
export function rowOfTrigger(trigger: TriggerRecord, seq: number): ExecutionRecord {
  return {
    execution_id: trigger.executionId,
    flow_id: trigger.flowId,
    revision: trigger.revision,
    env: trigger.env,
    status: 'running',
    started_at: new Date(trigger.receivedAt),
    ended_at: null,
    keys: trigger.keys,
    error: null,
    attempts: 0,
    replay_of: trigger.replayOf ?? null,
    ...parentColumns(trigger.parent),
    trigger_seq: seq,
    write: 0,
  };
}

/** A journal snapshot. An execution starts when its trigger was received, so that its place in lists never moves. */
export function rowOfSnapshot(snapshot: JournalSnapshot): ExecutionRecord {
  return {
    execution_id: snapshot.executionId,
    flow_id: snapshot.flowId,
    revision: snapshot.revision,
    env: snapshot.env,
    status: snapshot.status,
    started_at: new Date(snapshot.trigger.receivedAt),
    ended_at: snapshot.endedAt === undefined ? null : new Date(snapshot.endedAt),
    keys: snapshot.trigger.keys,
    error: snapshot.error ?? null,
    attempts: mostAttempts(snapshot.spans),
    replay_of: snapshot.trigger.replayOf ?? null,
    ...parentColumns(snapshot.trigger.parent),
    trigger_seq: snapshot.trigger.seq,
    write: snapshot.write,
  };
}

export function isTerminal(status: string): boolean {
  return (TERMINAL_STATUSES as readonly string[]).includes(status);
}

function parentColumns(parent: ParentRef | undefined): Pick<ExecutionRecord, 'parent_id' | 'parent_entry'> {
  if (parent === undefined) return { parent_id: null, parent_entry: null };
  return { parent_id: parent.executionId, parent_entry: entryName(parent) };
}

/** Names an arrival at a node within its execution. */
export function entryName({ nodeId, iteration }: { nodeId: string; iteration: number }): string {
  return `${nodeId}.${iteration}`;
}

/** A call that only a person can decide, with what is known of it. */
export interface OpenDoubt {
  nodeId: string;
  iteration: number;
  /** RFC 3339. */
  since: string;
  attempt: number;
  inputRef: string;
  error?: ErrorJson;
}

/** What an execution waits for a person to decide. */
export function doubtsOf({ status, frontier }: JournalSnapshot): OpenDoubt[] {
  if (isTerminal(status)) return [];
  return frontier.flatMap(({ nodeId, iteration, inputRef, attempts, intent, wait }) => {
    if (wait?.kind !== 'doubt' || wait.resolved) return [];
    const { since, error } = wait;
    const attempt = intent?.attempt ?? Math.max(1, attempts);
    return [{ nodeId, iteration, since, attempt, inputRef, ...(error === undefined ? {} : { error }) }];
  });
}

/** What the read model keeps of a journal snapshot beside the execution's row. */
export interface SnapshotParts {
  spans: Span[];
  effects: DoneEffect[] | undefined;
  doubts: OpenDoubt[];
  /** It runs an element of a split of its own flow: a part of an order, not an order. */
  isPart: boolean;
}

export function partsOf(snapshot: JournalSnapshot): SnapshotParts {
  const { spans, effects, flowId, trigger } = snapshot;
  return { spans, effects, doubts: doubtsOf(snapshot), isPart: trigger.parent?.flowId === flowId };
}
