import type { ExecutionDetail } from '@crossdock/api-contract';
import type { JournalSnapshot } from '@crossdock/engine';
import { isTerminal, partsOf, rowOfSnapshot } from '../projector/execution-rows.ts';
import type { ApiOptions } from './api.ts';
import { findExecution } from './execution-id.ts';
import { readRelations } from './execution-relations.ts';
import { searchExecutions } from './execution-search.ts';
import { detailOf, viewOf } from './execution-view.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readPlace } from './paging.ts';

export function executionHandlers(options: ApiOptions): Pick<Handlers, 'listExecutions' | 'getExecution'> {
  const { db, vault } = options;
  return {
    async listExecutions({ query: { limit = DEFAULT_LIMIT, cursor, ...search } }) {
      const after = readPlace(cursor);
      const rows = await searchExecutions(db.kysely, vault, search, { limit: limit + 1, after });
      const next = (row: { startedAt: string; executionId: string }) => cursorOf(row.startedAt, row.executionId);
      return { status: 200, body: pageOf(rows.map(viewOf), limit, next) };
    },
    async getExecution({ params: { executionId }, signal }) {
      const detail = await findExecution(executionId, signal, (id) => readExecution(options, id));
      return { status: 200, body: detail };
    },
  };
}

/** The read model's view, or the journal's where that is newer: the projector may be behind, or be waiting for the database. */
async function readExecution({ db, bus, log }: ApiOptions, executionId: string): Promise<ExecutionDetail | undefined> {
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
