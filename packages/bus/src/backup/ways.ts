import { BLOB_BUCKET, BUCKETS, STREAMS, type StreamSpec } from '../streams.ts';

/**
 * How a stream comes into a backup and back out of it.
 * - `log`: nothing in it is replaced, and its sequences and times count. The server's own snapshot gives it back as it was.
 * - `records`: the newest message of each subject counts, its sequence does not. Read to the end, whatever is replaced meanwhile: while it is
 *   written to, a snapshot of the server may hold neither the old nor the new message of a subject.
 * - `commands`: what stands on `run.q`. Timers are left out: who sleeps arms them again when it is woken by the restore.
 * - `none`: it begins anew without harm: rate windows, watermarks and turns, advisories.
 */
export type BackupWay = 'log' | 'records' | 'commands' | 'none';

const WAYS: Readonly<Record<string, BackupWay>> = {
  [STREAMS.run]: 'commands',
  [STREAMS.permits]: 'none',
  [STREAMS.advisories]: 'none',
  [`KV_${BUCKETS.watermarks}`]: 'none',
};

export function backupWay({ name, max_msgs_per_subject }: StreamSpec): BackupWay {
  return WAYS[name] ?? (max_msgs_per_subject === undefined ? 'log' : 'records');
}

const FIRST = [STREAMS.run, STREAMS.journal, STREAMS.waits, STREAMS.ticks, STREAMS.triggers];
const LAST = [`OBJ_${BLOB_BUCKET}`];

/**
 * The order that makes one whole of streams read one after the other: a command before the journal that it may be older than; the journal before
 * what others tell of it; triggers after it, so that no record is without its trigger; blobs after all that name them.
 */
export function inBackupOrder(specs: readonly StreamSpec[]): StreamSpec[] {
  const place = ({ name }: StreamSpec): number => {
    const first = FIRST.indexOf(name as (typeof FIRST)[number]);
    if (first >= 0) return first;
    return FIRST.length + (LAST.includes(name) ? 1 : 0);
  };
  return [...specs].sort((a, b) => place(a) - place(b));
}
