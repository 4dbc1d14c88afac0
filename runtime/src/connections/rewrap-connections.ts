import { filledSettings, hostsOf } from '@crossdock/connector-sdk';
import { reasonOf } from '@crossdock/errors';
import type { RecordChange, Recorded } from '../audit/index.ts';
import { rewrapCredentials } from '../vault/index.ts';
import { connectionTypeOf } from './check-connection-input.ts';
import { publishedOf } from './connection-rows.ts';
import type { ConnectionStore } from './write-connections.ts';

export interface Rewrapping {
  readonly keyId: string;
  readonly rewrapped: number;
  readonly unchanged: number;
  readonly unreadable: { readonly env: string; readonly name: string; readonly reason: string }[];
}

/**
 * Wraps the data key of every connection with the ring's current key; no credential is opened. May be repeated: what is done stays done, and what
 * does not open with any key at hand is named and left as it is.
 */
export async function rewrapConnections(
  { db, bus, keyRing }: ConnectionStore,
  record: RecordChange,
): Promise<{ result: Rewrapping; audited: Recorded }> {
  return db.transaction(async (tx) => {
    await tx.selectFrom('environments').select('name').orderBy('name').forUpdate().execute();
    const rows = await tx.selectFrom('connections').selectAll().orderBy('env').orderBy('name').execute();
    const unreadable: Rewrapping['unreadable'] = [];
    let rewrapped = 0;
    for (const row of rows) {
      const { connection_id: id, env, name, type, settings } = row;
      if (!row.sealed || row.sealed.keyId === keyRing.current.id) continue;
      try {
        const manifest = connectionTypeOf(type);
        const hosts = hostsOf(manifest, filledSettings(manifest, settings));
        const sealed = rewrapCredentials(keyRing, { id, env, name, type, hosts }, row.sealed);
        await tx
          .updateTable('connections')
          .set({ sealed: JSON.stringify(sealed) })
          .where('connection_id', '=', id)
          .execute();
        await bus.registry.putConnection({ ...publishedOf(row), sealed });
        rewrapped++;
      } catch (error) {
        unreadable.push({ env, name, reason: reasonOf(error) });
      }
    }
    const keyId = keyRing.current.id;
    const result = { keyId, rewrapped, unchanged: rows.length - rewrapped - unreadable.length, unreadable };
    return { result, audited: await record({ id: keyId, after: { rewrapped, unreadable: unreadable.length } }, tx) };
  });
}
