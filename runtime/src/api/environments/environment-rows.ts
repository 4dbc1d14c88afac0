import { FlowError } from '@crossdock/errors';
import type { Selectable, Transaction } from 'kysely';
import type { Database, Tables } from '../../store/index.ts';

export type EnvironmentRow = Selectable<Tables['environments']>;

export function environmentNotFound(env: string): FlowError {
  return new FlowError('API_NOT_FOUND', { details: { what: 'environment', id: env } });
}

/** Throws `API_NOT_FOUND`. */
export async function readEnvironment({ kysely }: Pick<Database, 'kysely'>, env: string): Promise<EnvironmentRow> {
  const row = await kysely.selectFrom('environments').selectAll().where('name', '=', env).executeTakeFirst();
  if (!row) throw environmentNotFound(env);
  return row;
}

/** Reads it and keeps others from deploying there, or from changing its variables, until the transaction ends. Throws `API_NOT_FOUND`. */
export async function lockEnvironment(tx: Transaction<Tables>, env: string): Promise<EnvironmentRow> {
  const row = await tx.selectFrom('environments').selectAll().where('name', '=', env).forUpdate().executeTakeFirst();
  if (!row) throw environmentNotFound(env);
  return row;
}

/** The one that flows come from when they are promoted to `env`. Throws `API_NOT_FOUND`, and `API_BAD_REQUEST` for the first. */
export async function environmentBefore({ kysely }: Pick<Database, 'kysely'>, env: string): Promise<EnvironmentRow> {
  const { position } = await readEnvironment({ kysely }, env);
  const row = await kysely
    .selectFrom('environments')
    .selectAll()
    .where('position', '<', position)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row) return row;
  const reason = `must name an environment: "${env}" is the first, none comes before it`;
  throw new FlowError('API_BAD_REQUEST', { details: { path: 'field "from"', reason } });
}
