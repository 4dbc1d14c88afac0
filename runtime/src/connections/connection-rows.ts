import type { Connection } from '@crossdock/api-contract';
import type { PublishedConnection } from '@crossdock/bus';
import { credentialFields, filledSettings, hostsOf } from '@crossdock/connector-sdk';
import { connectionTypesByName } from '@crossdock/connectors/manifests';
import { FlowError } from '@crossdock/errors';
import type { Kysely, Selectable } from 'kysely';
import type { Tables } from '../store/index.ts';

export type ConnectionRow = Selectable<Tables['connections']>;

/** Throws `API_NOT_FOUND`. */
export async function readConnection(kysely: Kysely<Tables>, connectionId: string): Promise<ConnectionRow> {
  const row = await kysely
    .selectFrom('connections')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'connection', id: connectionId } });
  return row;
}

/** A row as the data plane gets it: sealed. */
export function publishedOf(row: ConnectionRow): PublishedConnection {
  const { connection_id: id, env, name, type, version, settings, sealed } = row;
  return { id, env, name, type, version, settings, sealed };
}

/** The connections of an environment by name, with what is needed and not entered by its title. */
export async function namedConnections(
  kysely: Kysely<Tables>,
  env: string,
): Promise<ReadonlyMap<string, Pick<ConnectionRow, 'type' | 'settings'> & { unset: string[] }>> {
  const columns = ['name', 'type', 'settings', 'credentials'] as const;
  const rows = await kysely.selectFrom('connections').select(columns).where('env', '=', env).execute();
  return new Map(
    rows.map(({ name, type, settings, credentials }) => {
      const manifest = connectionTypesByName.get(type);
      const needed = manifest ? credentialFields(manifest, settings).filter(({ isNeeded }) => isNeeded) : [];
      const unset = needed.filter((field) => !credentials[field.name]).map((field) => field.field.title ?? field.name);
      return [name, { type, settings, unset }];
    }),
  );
}

/** A row as people see it: of credentials only whether they are set, since when and by whom. */
export function connectionOf(
  row: ConnectionRow,
  { usedBy, channels }: Pick<Connection, 'usedBy' | 'channels'>,
): Connection {
  const manifest = connectionTypesByName.get(row.type);
  const fields = manifest ? credentialFields(manifest, row.settings) : [];
  const credentials = fields.map(({ name, isNeeded }) => {
    const { changedAt = null, changedBy = null } = row.credentials[name] ?? {};
    return [name, { isSet: changedAt !== null, isNeeded, changedAt, changedBy }] as const;
  });
  return {
    id: row.connection_id,
    env: row.env,
    name: row.name,
    type: row.type,
    settings: row.settings,
    credentials: Object.fromEntries(credentials),
    hosts: manifest ? hostsOf(manifest, filledSettings(manifest, row.settings)) : [],
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastCheck: row.last_check,
    usedBy,
    channels,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
  };
}

/** What the audit keeps of a connection: no credential, but which are set. */
export function auditedConnection({ type, settings, credentials }: ConnectionRow) {
  // As sentences: under a name that says secret, the audit would hide that one was replaced.
  const sealed = Object.entries(credentials).map(([field, { changedAt }]) => `${field}, entered ${changedAt}`);
  return { type, settings, sealed };
}
