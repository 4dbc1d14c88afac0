import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool } from 'kysely';
import type { Tables } from '../store/index.ts';

export interface AuditFilter {
  who?: string | undefined;
  /** An action, or a kind of thing. */
  action?: string | undefined;
  thing?: string | undefined;
  env?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export type AuditTableRow = Selectable<Tables['audit']>;

/** Rows that a filter finds. */
export function auditOf(db: Kysely<Tables>, filter: AuditFilter) {
  return db.selectFrom('audit').where((eb) => eb.and(conditionsOf(eb, filter)));
}

function conditionsOf(
  eb: ExpressionBuilder<Tables, 'audit'>,
  { who, action, thing, env, from, to }: AuditFilter,
): Expression<SqlBool>[] {
  return [
    ...(who ? [eb('actor_name', 'ilike', contains(who))] : []),
    ...(action ? [actionIs(eb, action)] : []),
    ...(thing ? [eb.or([eb('thing_id', 'ilike', contains(thing)), eb('thing_name', 'ilike', contains(thing))])] : []),
    ...(env ? [eb('env', '=', env)] : []),
    ...(from ? [eb('at', '>=', new Date(from))] : []),
    ...(to ? [eb('at', '<', new Date(to))] : []),
  ];
}

function actionIs(eb: ExpressionBuilder<Tables, 'audit'>, action: string): Expression<SqlBool> {
  return action.includes('.') ? eb('action', '=', action) : eb('action', 'like', `${literal(action)}.%`);
}

const contains = (text: string): string => `%${literal(text)}%`;

function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
