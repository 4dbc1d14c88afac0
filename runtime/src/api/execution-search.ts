import { EXECUTION_STATUSES } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { type Kysely, type SqlBool, sql } from 'kysely';
import { type ExecutionRecord, MAX_KEY_LENGTH } from '../projector/execution-rows.ts';
import type { Tables } from '../store/index.ts';
import type { Vault } from '../vault/index.ts';

export interface ExecutionSearch {
  env?: string;
  flowId?: string;
  /** One status, or several with commas. */
  status?: string;
  /** `value` or `name:value`. */
  key?: string;
  q?: string;
  /** Only those that this execution started. */
  parent?: string;
  from?: string;
  to?: string;
}

/** Executions that match, newest first, `limit` of them after the place `after`. Parts of others show only when asked for by parent, key or words. */
export async function searchExecutions(
  kysely: Kysely<Tables>,
  vault: Pick<Vault, 'keyToken' | 'searchToken'>,
  search: ExecutionSearch,
  page: { limit: number; after: { at: Date; executionId: string } | undefined },
): Promise<ExecutionRecord[]> {
  let query = kysely
    .selectFrom('executions')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('execution_id', 'desc')
    .limit(page.limit);
  if (search.env !== undefined) query = query.where('env', '=', search.env);
  if (search.flowId !== undefined) query = query.where('flow_id', '=', search.flowId);
  if (search.status !== undefined) query = query.where('status', 'in', statusesIn(search.status));
  if (search.from !== undefined) query = query.where('started_at', '>=', new Date(search.from));
  if (search.to !== undefined) query = query.where('started_at', '<=', new Date(search.to));
  if (search.parent !== undefined) query = query.where('parent_id', '=', search.parent);
  else if (!search.key && !search.q?.trim()) query = query.where('parent_id', 'is', null);
  if (search.key) query = query.where(byKey(search.key, await tokensOf(kysely, vault, search)));
  const words = search.q?.trim();
  if (words) {
    const tokens = (await tokensOf(kysely, vault, search))(words);
    query = query.where(byWords('executions.execution_id', words, tokens));
  }
  if (page.after) {
    const { at, executionId } = page.after;
    query = query.where(sql<SqlBool>`(started_at, execution_id) < (${at}::timestamptz, ${executionId}::uuid)`);
  }
  return query.execute();
}

function statusesIn(list: string): string[] {
  const statuses = list.split(',').map((status) => status.trim());
  const unknown = statuses.find((status) => !(EXECUTION_STATUSES as readonly string[]).includes(status));
  if (unknown === undefined) return statuses;
  const reason = `has no status "${unknown}"; there are ${EXECUTION_STATUSES.join(', ')}`;
  throw new FlowError('API_BAD_REQUEST', { details: { path: 'query parameter "status"', reason } });
}

/** A colon may part name from value, or belong to the value: both readings count. */
function byKey(key: string, tokenOf: (value: string) => string[]) {
  const colon = key.indexOf(':');
  const whole = [key.slice(0, MAX_KEY_LENGTH), ...tokenOf(key)];
  const named = [key.slice(colon + 1).slice(0, MAX_KEY_LENGTH), ...tokenOf(key.slice(colon + 1))];
  return sql<SqlBool>`execution_id in (
    select execution_id from execution_keys
    where value = any(${whole}::text[]) or (name = ${key.slice(0, Math.max(colon, 0))} and value = any(${named}::text[])))`;
}

/** Values of masked fields rest as tokens, another one in each environment; those of before this release rest by the exact value. */
export async function tokensOf(
  kysely: Kysely<Tables>,
  vault: Pick<Vault, 'keyToken' | 'searchToken'>,
  { env }: Pick<ExecutionSearch, 'env'>,
): Promise<(value: string) => string[]> {
  const names =
    env === undefined
      ? (await kysely.selectFrom('environments').select('name').execute()).map(({ name }) => name)
      : [env];
  return (value) => names.flatMap((name) => [vault.searchToken(name, value), vault.keyToken(name, value)]);
}

/** Whether one of the tokens is the business key of an execution: then what was looked for is a masked value. */
export async function isMaskedKey(kysely: Kysely<Tables>, tokens: readonly string[]): Promise<boolean> {
  if (tokens.length === 0) return false;
  const found = await kysely
    .selectFrom('execution_keys')
    .select('value')
    .where('value', 'in', tokens)
    .limit(1)
    .execute();
  return found.length > 0;
}

/**
 * True for executions named in `column` by the beginning of their id or of a key value, by a whole value of a masked key, which rests as one
 * of `tokens`, or by words of their error.
 */
export function byWords(
  column: 'executions.execution_id' | 'dead_letters.execution_id',
  words: string,
  tokens: readonly string[],
) {
  const escaped = words.replace(/[\\%_]/g, '\\$&');
  const range = idRange(words);
  const ids = range
    ? sql`union select execution_id from executions where execution_id between ${range[0]}::uuid and ${range[1]}::uuid`
    : sql``;
  return sql<SqlBool>`${sql.ref(column)} in (
    select execution_id from execution_keys where value like ${`${escaped.slice(0, MAX_KEY_LENGTH)}%`}
    union select execution_id from execution_keys where value = any(${tokens}::text[])
    union select execution_id from executions
      where error is not null and (error ->> 'message' ilike ${`%${escaped}%`} or error ->> 'code' ilike ${escaped})
    ${ids})`;
}

/** The execution ids that begin with what looks like the beginning of one. */
function idRange(text: string): [string, string] | undefined {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f-]*)?$/i.test(text)) return undefined;
  const digits = text.replaceAll('-', '');
  if (digits.length > 32) return undefined;
  return [digits.padEnd(32, '0'), digits.padEnd(32, 'f')];
}
