import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionDetail } from '@crossdock/api-contract';
import type { JournalSnapshot } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { isTerminal, partsOf, rowOfSnapshot } from '../projector/execution-rows.ts';
import type { ApiOptions } from './api.ts';
import { readRelations } from './execution-relations.ts';
import { searchExecutions } from './execution-search.ts';
import { detailOf, viewOf } from './execution-view.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from './paging.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** An execution that was accepted so short a time ago may show nowhere yet. */
const JUST_ACCEPTED_MS = 10_000;
const PATIENCE_MS = 2_000;
const POLL_MS = 100;

export function executionHandlers(options: ApiOptions): Pick<Handlers, 'listExecutions' | 'getExecution'> {
  const { db, vault } = options;
  return {
    async listExecutions({ query: { limit = DEFAULT_LIMIT, cursor, ...search } }) {
      const [startedAt, executionId] = readCursor(cursor, 2) ?? [];
      const after = startedAt !== undefined && executionId !== undefined ? { startedAt, executionId } : undefined;
      if (after && (!UUID.test(after.executionId) || Number.isNaN(Date.parse(after.startedAt))))
        throw new FlowError('API_BAD_REQUEST', {
          details: { path: 'query parameter "cursor"', reason: 'is none that a list answered' },
        });
      const rows = await searchExecutions(db.kysely, vault, search, { limit: limit + 1, after });
      const next = (row: { startedAt: string; executionId: string }) => cursorOf(row.startedAt, row.executionId);
      return { status: 200, body: pageOf(rows.map(viewOf), limit, next) };
    },
    async getExecution({ params: { executionId }, signal }) {
      if (!UUID.test(executionId)) throw executionNotFound(executionId);
      const patientUntil = isJustAccepted(executionId) ? Date.now() + PATIENCE_MS : 0;
      for (;;) {
        const detail = await readExecution(options, executionId);
        if (detail) return { status: 200, body: detail };
        if (Date.now() >= patientUntil) throw executionNotFound(executionId);
        await sleep(POLL_MS, undefined, { signal });
      }
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
  if (!row || !isTerminal(row.status))
    try {
      snapshot = await bus.executions.read(executionId);
    } catch (error) {
      if (!row) throw error;
      log.warn({ err: error, executionId }, 'an execution is shown without what its journal says');
    }
  if (!row && !snapshot) return undefined;
  const relations = await readRelations(db.kysely, executionId);
  if (snapshot && snapshot.write >= (row?.write ?? 0))
    return detailOf(rowOfSnapshot(snapshot), { ...partsOf(snapshot), snapshot, relations });
  return row && detailOf(row, { spans: row.spans ?? [], effects: row.effects, relations });
}

/** UUIDv7 begins with 48 bits of milliseconds since 1970 (RFC 9562 §5.7). */
function isJustAccepted(executionId: string): boolean {
  if (UUID.exec(executionId)?.[1] !== '7') return false;
  const acceptedAt = Number.parseInt(executionId.replaceAll('-', '').slice(0, 12), 16);
  return Math.abs(Date.now() - acceptedAt) < JUST_ACCEPTED_MS;
}

export function executionNotFound(executionId: string): FlowError {
  return new FlowError('API_NOT_FOUND', { details: { what: 'execution', id: executionId } });
}
