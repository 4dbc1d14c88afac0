import type { DeadLetterFilter, DeadLetterPage, DeadLetterRow } from '@crossdock/api-contract';
import { sql } from 'kysely';
import { CONCEALED } from '../vault/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { conceal } from './conceal.ts';
import { isMaskedKey, tokensOf } from './execution-search.ts';
import { keysView } from './execution-view.ts';
import { countReplayable } from './jobs/count-replayable.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Handlers } from './mount.ts';
import { nodeNamesOf } from './node-names.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readPlace } from './paging.ts';
import { deadLettersOf } from './repair-filter.ts';
import { allowEffects } from './repairs.ts';

type DeadLetterRoutes = 'listDeadLetters' | 'searchDeadLetters' | 'replayDeadLetters';
type Asked = DeadLetterFilter & { limit?: number; cursor?: string };

/** Executions that ended in an error. */
export function deadLetterHandlers(options: ApiOptions, jobs: Jobs): Pick<Handlers, DeadLetterRoutes> {
  const { kysely } = options.db;
  const tokensIn = async ({ env, q }: DeadLetterFilter): Promise<string[]> => {
    const words = q?.trim();
    return words ? (await tokensOf(kysely, options.vault, env === undefined ? {} : { env }))(words) : [];
  };
  const readPage = async ({ limit = DEFAULT_LIMIT, cursor, ...filter }: Asked): Promise<DeadLetterPage> => {
    let query = kysely
      .selectFrom('dead_letters')
      .leftJoin('executions', 'executions.execution_id', 'dead_letters.execution_id')
      .selectAll('dead_letters')
      .select(['executions.keys', 'executions.status'])
      .where(deadLettersOf(filter, await tokensIn(filter)));
    const after = readPlace(cursor);
    if (after)
      query = query.where((eb) =>
        eb(
          eb.refTuple('dead_letters.failed_at', 'dead_letters.execution_id'),
          '<',
          eb.tuple(after.at, after.executionId),
        ),
      );
    const rows = await query
      .orderBy('dead_letters.failed_at', 'desc')
      .orderBy('dead_letters.execution_id', 'desc')
      .limit(limit + 1)
      .execute();
    const nameOf = await nodeNamesOf(options, rows);
    const items = rows.map(
      (row): DeadLetterRow => ({
        executionId: row.execution_id,
        flowId: row.flow_id,
        revision: row.revision,
        env: row.env,
        status: row.status === 'compensation-failed' ? row.status : 'failed',
        nodeId: row.node_id,
        ...nameOf(row),
        error: conceal(row.error),
        attempts: row.attempts,
        failedAt: row.failed_at.toISOString(),
        keys: keysView(row.keys ?? {}),
        ...(row.replayed_by === null ? {} : { replayedBy: row.replayed_by }),
      }),
    );
    const next = (row: DeadLetterRow) => cursorOf(row.failedAt, row.executionId);
    return pageOf(items, limit, next);
  };
  return {
    listDeadLetters: async ({ query }) => ({ status: 200, body: await readPage(query) }),
    searchDeadLetters: async ({ body }) => ({ status: 200, body: await readPage(body) }),
    async replayDeadLetters({ body, signal, allowIn, audit, ...call }) {
      const { role, name: by } = callerIn(call);
      const { filter, from = 'failed', revision = 'same', effects = 'same-keys', dryRun = false } = body;
      allowIn(filter.env);
      allowEffects(role, effects);
      const tokens = await tokensIn(filter);
      const meant = deadLettersOf(filter, tokens);
      if (dryRun)
        return {
          status: 200,
          body: await countReplayable(options, { meant, from, revision, effects, signal }),
          audited: audit.nothing(),
        };
      const started = await jobs.start({
        request: { kind: 'replay', from, revision, effects },
        env: filter.env,
        by,
        // In the order in which they failed: those of one lane replay in it.
        items: sql`select execution_id, null::text as node_id, null::integer as iteration,
          row_number() over (order by failed_at, execution_id) as position from dead_letters where ${meant}`,
      });
      // The audit is for ever, and words that found a masked key are its value.
      const told = (await isMaskedKey(kysely, tokens)) ? { ...filter, q: CONCEALED } : filter;
      const after = { kind: 'replay', filter: told, from, revision, effects, count: started.count };
      const audited =
        started.jobId === null ? audit.nothing() : await audit.record({ id: started.jobId, env: filter.env, after });
      return { status: started.jobId === null ? 200 : 202, body: started, audited };
    },
  };
}
