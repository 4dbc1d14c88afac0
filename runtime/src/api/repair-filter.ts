import type { DeadLetterFilter, InDoubtFilter } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { UUID } from './execution-id.ts';
import { byWords } from './execution-search.ts';

type Condition = RawBuilder<SqlBool>;

/** What of `dead_letters` a filter means; by default what nobody has replayed. `tokens` are those of its words, see `byWords`. */
export function deadLettersOf(filter: DeadLetterFilter, tokens: readonly string[]): Condition {
  const { code, q, state = 'open' } = filter;
  const conditions = placesOf('dead_letters', 'failed_at', filter);
  if (code !== undefined) conditions.push(sql`dead_letters.error ->> 'code' = ${code}`);
  if (q?.trim()) conditions.push(byWords('dead_letters.execution_id', q.trim(), tokens));
  if (state === 'open') conditions.push(sql`dead_letters.replayed_by is null`);
  if (state === 'replayed') conditions.push(sql`dead_letters.replayed_by is not null`);
  return all(conditions);
}

/** What of `in_doubt` a filter means. */
export function doubtsMeant(filter: InDoubtFilter): Condition {
  return all(placesOf('in_doubt', 'since', filter));
}

function placesOf(
  table: 'dead_letters' | 'in_doubt',
  time: 'failed_at' | 'since',
  { env, flowId, nodeId, from, to, executionIds }: InDoubtFilter,
): Condition[] {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const conditions: Condition[] = [];
  if (env !== undefined) conditions.push(sql`${column('env')} = ${env}`);
  if (flowId !== undefined) conditions.push(sql`${column('flow_id')} = ${flowId}`);
  if (nodeId !== undefined) conditions.push(sql`${column('node_id')} = ${nodeId}`);
  if (from !== undefined) conditions.push(sql`${column(time)} >= ${new Date(from)}`);
  if (to !== undefined) conditions.push(sql`${column(time)} <= ${new Date(to)}`);
  if (executionIds !== undefined)
    conditions.push(sql`${column('execution_id')} = any(${executionIds.map(checkedId)}::uuid[])`);
  return conditions;
}

function checkedId(executionId: string): string {
  if (UUID.test(executionId)) return executionId;
  throw new FlowError('API_BAD_REQUEST', {
    details: { path: 'field "filter.executionIds"', reason: `holds "${executionId}", which is no execution id` },
  });
}

function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}
