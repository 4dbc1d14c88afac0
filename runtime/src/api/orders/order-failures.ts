import type { OrderFailure } from '@crossdock/api-contract';
import type { Selectable } from 'kysely';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/index.ts';
import type { ApiOptions } from '../api.ts';
import { conceal } from '../conceal.ts';
import { nodeNamesOf } from '../node-names.ts';

const MOST = 20;
/** Short numbers of a system, such as database ids, are numbers of other things in others. */
const MIN_TELLING_LENGTH = 5;

interface Named {
  readonly env: string;
  readonly identifiers: readonly Selectable<Tables['order_identifiers']>[];
  /** The executions that told of the order. */
  readonly executionIds: readonly string[];
}

/**
 * What of an order went wrong and waits for somebody: failed executions that nobody replayed, and calls in doubt. An execution is one of the order
 * when it told of it, or when a number of the order is among its keys.
 */
export async function orderFailures(
  options: Pick<ApiOptions, 'bus' | 'log'>,
  kysely: Kysely<Tables>,
  { env, identifiers, executionIds }: Named,
): Promise<OrderFailure[]> {
  const numbers = [...new Set(identifiers.map(({ value }) => value))].filter(
    (value) => value.length >= MIN_TELLING_LENGTH,
  );
  const { rows } = await sql<FailureRow>`with own as (
      select execution_id from execution_keys where value = any(${numbers}::text[])
      union select unnest(${executionIds}::uuid[])),
    failed as (
      select execution_id, flow_id, revision, node_id, 'failed' as status, failed_at as at, error from dead_letters
        where env = ${env} and replayed_by is null and execution_id in (select execution_id from own)
      union all select execution_id, flow_id, revision, node_id, 'in-doubt', since, error from in_doubt
        where env = ${env} and execution_id in (select execution_id from own))
    select failed.*, flows.name from failed left join flows on flows.flow_id = failed.flow_id order by at desc limit ${MOST}`.execute(
    kysely,
  );
  const nameOf = await nodeNamesOf(options, rows);
  return rows.map((row) => ({
    ...{ executionId: row.execution_id, flowId: row.flow_id, flowName: row.name ?? row.flow_id, nodeId: row.node_id },
    ...{
      status: row.status,
      at: new Date(row.at).toISOString(),
      error: row.error === null ? null : conceal(row.error),
    },
    ...nameOf(row),
  }));
}

interface FailureRow {
  execution_id: string;
  flow_id: string;
  revision: number;
  node_id: string | null;
  status: OrderFailure['status'];
  at: Date | string;
  error: OrderFailure['error'];
  name: string | null;
}
