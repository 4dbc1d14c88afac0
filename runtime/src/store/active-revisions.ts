import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** The revisions that run, each with its environment and document, by flow. */
export function activeRevisions(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('deployments')
    .innerJoin('revisions', (join) =>
      join
        .onRef('revisions.flow_id', '=', 'deployments.flow_id')
        .onRef('revisions.revision', '=', 'deployments.revision'),
    )
    .select(['env', 'revisions.revision', 'document'])
    .where('status', '=', 'active')
    .orderBy('deployments.flow_id');
}
