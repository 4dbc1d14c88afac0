import type { JournalSnapshot, TriggerRecord } from '@crossdock/engine';
import type { Selectable } from 'kysely';
import type { ExecutionsTable } from '../store/index.ts';

/** An execution as the read model holds it. */
export type ExecutionRecord = Selectable<ExecutionsTable>;

/** Longest business key value that is indexed: longer ones are cut, in searches alike. */
export const MAX_KEY_LENGTH = 500;

/** An accepted trigger: running from now on. */
export function rowOfTrigger(trigger: TriggerRecord): ExecutionRecord {
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
    attempts: snapshot.spans.length,
    replay_of: snapshot.trigger.replayOf ?? null,
    write: snapshot.write,
  };
}
