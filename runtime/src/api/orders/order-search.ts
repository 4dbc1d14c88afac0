import { ORDER_STEPS } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { type Kysely, type SqlBool, sql } from 'kysely';
import { MAX_IDENTIFIER_LENGTH } from '../../projector/orders/write-orders.ts';
import type { Tables } from '../../store/index.ts';
import type { Vault } from '../../vault/index.ts';
import { tokensOf } from '../execution-search.ts';
import { readCursor, unknownCursor } from '../paging.ts';
import type { OrderRecord } from './order-view.ts';

export interface OrderSearch {
  env?: string;
  q?: string;
  /** One step, or several with commas. */
  stage?: string;
  pending?: boolean;
  channel?: string;
  issueKind?: 'hold' | 'exception';
  issue?: string;
  issueOwner?: string;
  issueBefore?: string;
  from?: string;
  to?: string;
}

/** Where a page of orders ends. */
interface Place {
  readonly at: Date;
  readonly orderId: string;
  readonly env: string;
}

/** Reads a cursor back. Throws `API_BAD_REQUEST` for what is none. */
export function readOrderPlace(cursor: string | undefined): Place | undefined {
  const [time, orderId, env] = readCursor(cursor, 3) ?? [];
  if (time === undefined || orderId === undefined || env === undefined) return undefined;
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) throw unknownCursor();
  return { at, orderId, env };
}

/** Orders that match, newest first, `limit` of them after the place `after`. */
export async function searchOrders(
  kysely: Kysely<Tables>,
  vault: Pick<Vault, 'keyToken' | 'searchToken'>,
  search: OrderSearch,
  { limit, after }: { limit: number; after: Place | undefined },
): Promise<OrderRecord[]> {
  let query = kysely
    .selectFrom('orders')
    .selectAll()
    .orderBy('began_at', 'desc')
    .orderBy('order_id', 'desc')
    .orderBy('env', 'desc')
    .limit(limit);
  if (search.env !== undefined) query = query.where('env', '=', search.env);
  if (search.stage !== undefined) query = query.where('step', 'in', stepsIn(search.stage));
  if (search.pending !== undefined) query = query.where('is_pending', '=', search.pending);
  if (search.channel !== undefined) query = query.where('channel', '=', search.channel);
  if (search.from !== undefined) query = query.where('began_at', '>=', new Date(search.from));
  if (search.to !== undefined) query = query.where('began_at', '<=', new Date(search.to));
  const issue = byIssue(search);
  if (issue) query = query.where(issue);
  const words = search.q?.trim();
  if (words) query = query.where(byIdentifier(words, (await tokensOf(kysely, vault, search))(words)));
  if (after)
    query = query.where(
      sql<SqlBool>`(began_at, order_id, env) < (${after.at}::timestamptz, ${after.orderId}, ${after.env})`,
    );
  return query.execute();
}

/** By one hold or exception that is all of what is asked for; undefined where nothing is. */
function byIssue({ issueKind, issue, issueOwner, issueBefore }: OrderSearch) {
  const asked = [
    ...(issueKind === undefined ? [] : [sql`kind = ${issueKind}`]),
    ...(issue === undefined ? [] : [sql`code = ${issue}`]),
    ...(issueOwner === undefined ? [] : [sql`(owner = ${issueOwner} or assignee = ${issueOwner})`]),
    ...(issueBefore === undefined ? [] : [sql`since < ${new Date(issueBefore)}::timestamptz`]),
  ];
  if (asked.length === 0) return undefined;
  return sql<SqlBool>`(env, order_id) in (select env, order_id from order_issues where ${sql.join(asked, sql` and `)})`;
}

/**
 * By the beginning of an identifier, with or without the sign that shops put before numbers, or by a whole masked one: of those the read model has only what rests of the business keys of the
 * executions that told of the order.
 */
function byIdentifier(words: string, tokens: readonly string[]) {
  const escaped = words
    .toLowerCase()
    .slice(0, MAX_IDENTIFIER_LENGTH)
    .replace(/[\\%_]/g, '\\$&');
  return sql<SqlBool>`(env, order_id) in (
    select env, order_id from order_identifiers where lower(value) like ${`${escaped}%`} or lower(value) like ${`#${escaped}%`}
    union select named.env, named.order_id from execution_keys masked
      join order_events told on told.execution_id = masked.execution_id
      join order_event_keys of_event on of_event.env = told.env and of_event.place = told.place
      join order_keys named on named.env = of_event.env and named.key = of_event.key
      where masked.value = any(${tokens}::text[]))`;
}

function stepsIn(list: string): string[] {
  const steps = list.split(',').map((step) => step.trim());
  const unknown = steps.find((step) => !(ORDER_STEPS as readonly string[]).includes(step));
  if (unknown === undefined) return steps;
  const reason = `has no stage "${unknown}"; there are ${ORDER_STEPS.join(', ')}`;
  throw new FlowError('API_BAD_REQUEST', { details: { path: 'query parameter "stage"', reason } });
}
