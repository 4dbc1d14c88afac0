import { FlowError } from '@crossdock/errors';
import type { OdooConnection } from '../client/odoo-connection.ts';
import { remoteOf } from '../client/post-json.ts';
import type { Position } from './position.ts';
import { type ModelReader, writeTimes } from './read-changes.ts';

/** The records looked at; several can hardly be deleted by chance, all of them. */
const NEWEST = 20;
const TOO_MANY_GONE = 5;

/**
 * Sees that the database has not gone back: what was read last is there as it was, or newer. Throws `REMOTE_POSITION_LOST` where it was restored
 * from a backup.
 */
export async function requireSameHistory(
  { connection, reader }: { connection: OdooConnection; reader: ModelReader },
  { rows, database: known }: Pick<Position, 'rows' | 'database'>,
  database: string | undefined,
): Promise<void> {
  const lost = (reason: string) =>
    new FlowError('REMOTE_POSITION_LOST', { details: { remote: remoteOf(connection), reason } });
  if (known !== undefined && database !== undefined && known !== database)
    throw lost('the database has another database.uuid, so it is a copy');
  const newest = [...rows].sort(([, a], [, b]) => b.at - a.at).slice(0, NEWEST);
  if (newest.length === 0) return;
  const ids = newest.map(([id]) => id);
  const times = await writeTimes(reader, ids);
  const [older] = newest.filter(([id, { at }]) => (times.get(id) ?? at) < at);
  const { model } = reader.known;
  if (older) throw lost(`${model} ${older[0]} was written earlier than when it was last read`);
  if (times.size === 0 && newest.length >= TOO_MANY_GONE)
    throw lost(`the ${newest.length} records of ${model} written last are all gone`);
}
