import type { HttpPort } from '@crossdock/connector-sdk';
import { credentialRotationsByType } from '@crossdock/connectors/runners';
import { FlowError, reasonOf } from '@crossdock/errors';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Logger } from '../log.ts';
import { type ConnectionRow, publishedOf } from './connection-rows.ts';
import { openConnection } from './open-connections.ts';
import { type ConnectionStore, updateConnection } from './write-connections.ts';

const TIMEOUT_MS = 30_000;

/**
 * Lets the other side make new credentials, stores them, then takes the old ones away there; where that last step fails they end by themselves.
 * Throws `API_BAD_REQUEST` for a type that cannot, `REMOTE_CANNOT_ROTATE`, `API_STALE` when somebody changed the connection meanwhile.
 */
export async function rotateConnection(
  store: ConnectionStore & { readonly log: Logger },
  old: ConnectionRow,
  { http, by, record }: { http: HttpPort; by: string; record: RecordChange },
): Promise<{ row: ConnectionRow; audited: Recorded }> {
  const rotate = credentialRotationsByType.get(old.type);
  if (!rotate) {
    const reason = `is a connection of type "${old.type}", whose credentials are made by hand`;
    throw new FlowError('API_BAD_REQUEST', { details: { path: `"${old.name}"`, reason } });
  }
  const published = publishedOf(old);
  const ports = { http, signal: AbortSignal.timeout(TIMEOUT_MS), now: Date.now() };
  const { credentials, settings, retire } = await rotate(openConnection(published, store.keyRing), ports);
  const changed = await updateConnection(store, old.connection_id, {
    ...{ settings: { ...published.settings, ...settings }, credentials, version: old.version, by, record },
  });
  await retire().catch((error: unknown) =>
    store.log.warn({ env: old.env, connection: old.name, reason: reasonOf(error) }, 'the old credentials stay valid'),
  );
  return changed;
}
