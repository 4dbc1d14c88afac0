import type { InDoubtRow } from '@crossdock/api-contract';
import { sql } from 'kysely';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { conceal } from './conceal.ts';
import { UUID } from './execution-id.ts';
import { keysView } from './execution-view.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Handlers } from './mount.ts';
import { nodeNamesOf } from './node-names.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor, unknownCursor } from './paging.ts';
import { doubtsMeant } from './repair-filter.ts';

/** Calls that only a person can decide. */
export function inDoubtHandlers(options: ApiOptions, jobs: Jobs): Pick<Handlers, 'listInDoubt' | 'resolveInDoubt'> {
  const { kysely } = options.db;
  return {
    async listInDoubt({ query: { limit = DEFAULT_LIMIT, cursor, ...filter } }) {
      const meant = doubtsMeant(filter);
      let query = kysely
        .selectFrom('in_doubt')
        .innerJoin('executions', 'executions.execution_id', 'in_doubt.execution_id')
        .selectAll('in_doubt')
        .select('executions.keys')
        .where(meant);
      const after = readAfter(cursor);
      if (after)
        query = query.where(
          sql<boolean>`(in_doubt.since, in_doubt.execution_id, in_doubt.node_id, in_doubt.iteration) >
            (${after.at}::timestamptz, ${after.executionId}::uuid, ${after.nodeId}::text, ${after.iteration}::integer)`,
        );
      const rows = await query
        .orderBy('in_doubt.since')
        .orderBy('in_doubt.execution_id')
        .orderBy('in_doubt.node_id')
        .orderBy('in_doubt.iteration')
        .limit(limit + 1)
        .execute();
      const nameOf = await nodeNamesOf(options, rows);
      const items = rows.map((row): InDoubtRow => {
        const remote = row.error?.details?.remote;
        return {
          executionId: row.execution_id,
          flowId: row.flow_id,
          revision: row.revision,
          env: row.env,
          nodeId: row.node_id,
          ...nameOf(row),
          iteration: row.iteration,
          since: row.since.toISOString(),
          keys: keysView(row.keys),
          ...(row.error ? { error: conceal(row.error) } : {}),
          ...(typeof remote === 'string' ? { remote } : {}),
          attempt: row.attempt,
          inputRef: row.input_ref,
        };
      });
      const next = (row: InDoubtRow) => cursorOf(row.since, row.executionId, row.nodeId, row.iteration);
      return { status: 200, body: pageOf(items, limit, next) };
    },
    async resolveInDoubt({ body: { filter, outcome, dryRun = false }, audit, ...call }) {
      const by = callerIn(call).name;
      const meant = doubtsMeant(filter);
      if (dryRun) {
        const { count } = await kysely
          .selectFrom('in_doubt')
          .select(sql<number>`count(*)::int`.as('count'))
          .where(meant)
          .executeTakeFirstOrThrow();
        return { status: 200, body: { jobId: null, count, willRun: count, skipped: 0 }, audited: audit.nothing() };
      }
      const started = await jobs.start({
        request: { kind: 'resolve', outcome },
        env: filter.env,
        by,
        items: sql`select execution_id, node_id, iteration,
          row_number() over (order by since, execution_id, node_id, iteration) as position from in_doubt where ${meant}`,
      });
      const after = { kind: 'resolve', filter, outcome, count: started.count };
      const audited =
        started.jobId === null ? audit.nothing() : await audit.record({ id: started.jobId, env: filter.env, after });
      return { status: started.jobId === null ? 200 : 202, body: started, audited };
    },
  };
}

function readAfter(cursor: string | undefined) {
  const [since = '', executionId = '', nodeId = '', iterationText = ''] = readCursor(cursor, 4) ?? [];
  if (since === '') return undefined;
  const at = new Date(since);
  const iteration = Number(iterationText);
  if (Number.isNaN(at.getTime()) || !UUID.test(executionId) || !Number.isInteger(iteration)) throw unknownCursor();
  return { at, executionId, nodeId, iteration };
}
