import { type Kysely, sql } from 'kysely';
import type { Tables } from '../store/index.ts';

/** What other executions have to do with one. */
export interface Relations {
  /** Executions it started, by the entry that did (`<nodeId>.<iteration>`). */
  children: ReadonlyMap<string, { count: number; ended: number }>;
  /** Executions that replay it, oldest first. */
  replays: string[];
}

/** Read from the read model: what was started a moment ago may be missing. */
export async function readRelations(kysely: Kysely<Tables>, executionId: string): Promise<Relations> {
  const children = await kysely
    .selectFrom('executions')
    .select(['parent_entry', sql<number>`count(*)::int`.as('count'), sql<number>`count(ended_at)::int`.as('ended')])
    .where('parent_id', '=', executionId)
    .groupBy('parent_entry')
    .execute();
  const replays = await kysely
    .selectFrom('executions')
    .select('execution_id')
    .where('replay_of', '=', executionId)
    .orderBy('started_at')
    .orderBy('execution_id')
    .execute();
  return {
    children: new Map(children.map(({ parent_entry, count, ended }) => [parent_entry ?? '', { count, ended }])),
    replays: replays.map(({ execution_id }) => execution_id),
  };
}
