import { once } from 'node:events';
import type { AuditDetail, AuditRow } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { sql } from 'kysely';
import { type AuditTableRow, auditOf, fileHeadOf, fileLineOf } from '../audit/index.ts';
import type { ApiOptions } from './api.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor, unknownCursor } from './paging.ts';

type AuditRoutes = 'listAudit' | 'exportAudit' | 'getAudit';

const LISTED = [
  ...(['number', 'at', 'actor_kind', 'actor_id', 'actor_name'] as const),
  ...(['action', 'thing_id', 'thing_name', 'env', 'address', 'user_agent'] as const),
] as const;
const ROWS_AT_ONCE = 500;
/** What was given for a reason stands in the row's `after`. */
const reasonIn = sql<string | null>`after ->> 'reason'`.as('reason');
type RowWithReason = AuditTableRow & { reason: string | null };

/** Who changed what. */
export function auditHandlers({ db: { kysely } }: ApiOptions): Pick<Handlers, AuditRoutes> {
  return {
    async listAudit({ query: { limit = DEFAULT_LIMIT, cursor, ...filter } }) {
      let query = auditOf(kysely, filter).select([...LISTED, reasonIn]);
      const before = placeOf(cursor);
      if (before !== undefined) query = query.where('number', '<', before);
      const rows = await query
        .orderBy('number', 'desc')
        .limit(limit + 1)
        .execute();
      return { status: 200, body: pageOf(rows.map(rowOf), limit, ({ number }) => cursorOf(number)) };
    },
    async exportAudit({ query: { format = 'csv', ...filter }, response, signal, audit }) {
      const audited = await audit.record({ id: format, after: filter });
      response.setHeader('content-disposition', `attachment; filename="crossdock-audit.${format}"`);
      response.type(format === 'csv' ? 'text/csv' : 'application/jsonl');
      response.write(fileHeadOf(format));
      let last = 0;
      for (;;) {
        signal.throwIfAborted();
        const rows = await auditOf(kysely, filter)
          .selectAll()
          .select(reasonIn)
          .where('number', '>', last)
          .orderBy('number')
          .limit(ROWS_AT_ONCE)
          .execute();
        const lines = rows.map((row) => fileLineOf(detailOf(row), format)).join('');
        if (!response.write(lines)) await once(response, 'drain', { signal });
        if (rows.length < ROWS_AT_ONCE) break;
        last = Number(rows.at(-1)?.number);
      }
      response.end();
      return { status: 'sent', audited };
    },
    async getAudit({ params: { number } }) {
      const row = await kysely
        .selectFrom('audit')
        .selectAll()
        .select(reasonIn)
        .where('number', '=', number)
        .executeTakeFirst();
      if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'audit row', id: String(number) } });
      return { status: 200, body: detailOf(row) };
    },
  };
}

function placeOf(cursor: string | undefined): number | undefined {
  const [text] = readCursor(cursor, 1) ?? [];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw unknownCursor();
  return number;
}

function rowOf(row: Omit<RowWithReason, 'before' | 'after'>): AuditRow {
  return {
    // PostgreSQL's driver gives a bigint as text.
    number: Number(row.number),
    at: row.at.toISOString(),
    by: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    thing: row.thing_id,
    thingName: row.thing_name,
    env: row.env,
    reason: row.reason,
    address: row.address,
    userAgent: row.user_agent,
  };
}

function detailOf(row: RowWithReason): AuditDetail {
  const { before, after } = row;
  return { ...rowOf(row), ...(before === null ? {} : { before }), ...(after === null ? {} : { after }) };
}
