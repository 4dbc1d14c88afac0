import type { ExecutionDetail, ExecutionPage } from '@crossdock/api-contract';
import type { JournalSnapshot } from '@crossdock/engine';
import { isTerminal, partsOf, rowOfSnapshot } from '../projector/execution-rows.ts';
import type { ApiOptions } from './api.ts';
import { findExecution } from './execution-id.ts';
import { readRelations } from './execution-relations.ts';
import { type ExecutionSearch, searchExecutions } from './execution-search.ts';
import { detailOf, viewOf } from './execution-view.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readPlace } from './paging.ts';

type ExecutionRoutes = 'listExecutions' | 'searchExecutions' | 'getExecution';

export function executionHandlers(options: ApiOptions): Pick<Handlers, ExecutionRoutes> {
  return {
    listExecutions: async ({ query }) => ({ status: 200, body: await readPage(options, query) }),
    searchExecutions: async ({ body }) => ({ status: 200, body: await readPage(options, body) }),
    async getExecution({ params: { executionId }, signal }) {
      const detail = await findExecution(executionId, signal, (id) => readExecution(options, id));
      return { status: 200, body: detail };
    },
  };
}

async function readPage(
  { db, vault }: ApiOptions,
  { limit = DEFAULT_LIMIT, cursor, ...search }: ExecutionSearch & { limit?: number; cursor?: string },
): Promise<ExecutionPage> {
  const rows = await searchExecutions(db.kysely, vault, search, { limit: limit + 1, after: readPlace(cursor) });
  return pageOf(rows.map(viewOf), limit, ({ startedAt, executionId }) => cursorOf(startedAt, executionId));
}

/** The read model's view, or the journal's where that is newer: the projector may be behind, or be waiting for the database. */
export async function readExecution(
  { db, bus, log }: ApiOptions,
  executionId: string,
): Promise<ExecutionDetail | undefined> {
  const row = await db.kysely
    .selectFrom('executions')
    .leftJoin('spans', 'spans.execution_id', 'executions.execution_id')
    .selectAll('executions')
    .select(['spans.spans', 'spans.effects'])
    .where('executions.execution_id', '=', executionId)
    .executeTakeFirst();
  let snapshot: JournalSnapshot | undefined;
  let queuedBehind: string | undefined;
  if (!row || !isTerminal(row.status))
    try {
      snapshot = await bus.executions.read(executionId);
      if (!snapshot && row?.trigger_seq) queuedBehind = await bus.executions.ahead(row.trigger_seq);
    } catch (error) {
      if (!row) throw error;
      log.warn({ err: error, executionId }, 'an execution is shown without what its journal says');
    }
  if (!row && !snapshot) return undefined;
  const relations = await readRelations(db.kysely, executionId);
  if (snapshot && snapshot.write >= (row?.write ?? 0))
    return detailOf(rowOfSnapshot(snapshot), { ...partsOf(snapshot), snapshot, relations });
  return row && detailOf(row, { spans: row.spans ?? [], effects: row.effects, relations, queuedBehind });
}
