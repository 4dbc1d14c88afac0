/** What is known of a record that was seen. */
export interface Row {
  /** Tells its content apart from another one. */
  readonly hash: string;
  /** Its `write_date`, in seconds since 1970. */
  readonly at: number;
}

/** A change that was claimed and may not have started its execution yet. */
export interface Owed {
  readonly id: number;
  readonly change: 'written' | 'deleted';
  readonly seq: number;
}

/** How far one trigger has looked at one model of one database. Times are of Odoo, in seconds since 1970. */
export interface Position {
  /** Of this row of numbers; another one begins where the first look does. */
  readonly epoch: string;
  /** Model and connection that it is of. */
  readonly of: string;
  /** Conditions and fields that the hashes are of. */
  readonly shape: string;
  /** The newest `write_date` seen; none where there was no record. */
  readonly cursor?: number;
  /** Everything from here on that was seen has a row. */
  readonly floor: number;
  /** Number of the last change. */
  readonly seq: number;
  /** When all was compared last; milliseconds since 1970, by the clock of the machine. */
  readonly comparedAt: number;
  /** Odoo's own mark of the database, where the user may read it. */
  readonly database?: string;
  readonly rows: ReadonlyMap<number, Row>;
  readonly owed: readonly Owed[];
}

/** As many as fit into one message of the bus with room to spare. */
export const MAX_ROWS = 20_000;

/** As JSON holds it: a row is `id.hash.time`, numbers to the base of 36. */
export function packPosition({ rows, ...position }: Position): unknown {
  const packed = [...rows].map(([id, { hash, at }]) => `${id.toString(36)}.${hash}.${at.toString(36)}`);
  return { ...position, rows: packed.join(' ') };
}

/** Reads what `packPosition` wrote; undefined for nothing. */
export function unpackPosition(stored: unknown): Position | undefined {
  if (stored === undefined) return undefined;
  const { rows, ...position } = stored as Omit<Position, 'rows'> & { rows: string };
  const parts = rows === '' ? [] : rows.split(' ').map((row) => row.split('.') as [string, string, string]);
  return {
    ...position,
    rows: new Map(
      parts.map(([id, hash, at]) => [Number.parseInt(id, 36), { hash, at: Number.parseInt(at, 36) }] as const),
    ),
  };
}

/** Forgets the rows that were written longest ago beyond `max`, and raises the floor above them. */
export function pruned(position: Position, max = MAX_ROWS): Position {
  const { rows, floor } = position;
  if (rows.size <= max) return position;
  const newest = [...rows].sort(([, a], [, b]) => b.at - a.at);
  const [, first] = newest[max] as [number, Row];
  // What shares its second with one that is forgotten is forgotten, too: from the floor on all have rows.
  const kept = newest.filter(([, { at }]) => at > first.at);
  return { ...position, rows: new Map(kept), floor: Math.max(floor, first.at + 1) };
}

/** A record as it was read. */
export interface Seen<Content> extends Row {
  readonly id: number;
  readonly content: Content;
  /** Whether it met the conditions just now. */
  readonly isFound: boolean;
}

export interface Change<Content> extends Owed {
  /** None of what is gone. */
  readonly content: Content | null;
}

/** What one look has read. */
export interface Look<Content> {
  readonly seen: readonly Seen<Content>[];
  /** Records that are no more. */
  readonly gone: readonly number[];
  /** How far back it went. */
  readonly from: number;
  readonly shape: string;
}

/**
 * The changes among what was read, oldest first and at most so many, and the position while they are claimed and once they are settled. A change
 * that is owed keeps its number while the record is as it was then. With another `shape` than before contents cannot be compared: then the
 * time decides.
 */
export function changesAmong<Content>(
  before: Position,
  { seen, gone, from, shape }: Look<Content>,
  maxChanges: number,
): { claim: Position; settled: Position; changes: Change<Content>[]; more: boolean } {
  const rows = new Map(before.rows);
  const owed = new Map(before.owed.map((one) => [one.id, one]));
  const changes: Change<Content>[] = [];
  const isReshaped = shape !== before.shape;
  let { seq, cursor } = before;
  let more = false;
  for (const { id, hash, at, content, isFound } of [...seen].sort((a, b) => a.at - b.at || a.id - b.id)) {
    const row = rows.get(id);
    const isSame = row !== undefined && (isReshaped ? row.at === at : row.hash === hash);
    const debt = owed.get(id);
    if ((!isSame || debt) && changes.length >= maxChanges) {
      more = true;
      break;
    }
    owed.delete(id);
    if (!isSame && !isFound) continue;
    rows.set(id, { hash, at });
    cursor = Math.max(cursor ?? at, at);
    if (isSame && debt === undefined) continue;
    changes.push({ id, content, change: 'written', seq: isSame && debt ? debt.seq : ++seq });
  }
  if (!more) {
    for (const id of gone) {
      const debt = owed.get(id);
      rows.delete(id);
      changes.push({ id, content: null, change: 'deleted', seq: debt?.change === 'deleted' ? debt.seq : ++seq });
    }
    owed.clear();
  }
  const left = [...owed.values()];
  const claimed = changes.map(({ id, change, seq: number }) => ({ id, change, seq: number }));
  const next = {
    ...{ ...before, rows, seq, owed: [...left, ...claimed], shape: more ? before.shape : shape },
    ...(cursor === undefined ? {} : { cursor }),
  };
  const claim = pruned(isReshaped && !more ? onlySeen(next, seen, from) : next);
  return { claim, settled: { ...claim, owed: left }, changes, more };
}

/** Without the rows of another shape. */
function onlySeen(position: Position, seen: readonly { readonly id: number }[], from: number): Position {
  const ids = new Set(seen.map(({ id }) => id));
  const rows = new Map([...position.rows].filter(([id]) => ids.has(id)));
  return { ...position, rows, floor: Math.max(position.floor, from) };
}
