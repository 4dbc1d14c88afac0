import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';

/** An order as the ERP keeps it. */
export interface StoredOrder {
  readonly id: string;
  readonly orderNo: string;
  /** RFC 3339 UTC with milliseconds. */
  readonly storedAt: string;
  readonly idempotencyKey?: string;
  readonly order: Readonly<Record<string, unknown>>;
  /** When it was called off. */
  readonly cancelledAt?: string;
}

export type StoreOutcome =
  | { readonly outcome: 'stored' | 'replayed'; readonly stored: StoredOrder }
  | { readonly outcome: 'key-reused' };

/** Orders in a file of JSON lines, each on disk before its call returns. */
export interface OrderStore {
  /** One key and one body store once: a repeat gives the first order, another body under the key gives `key-reused`. */
  add(order: Readonly<Record<string, unknown>>, orderNo: string, idempotencyKey?: string): Promise<StoreOutcome>;
  /** In the order of storing. */
  all(): readonly StoredOrder[];
  byId(id: string): StoredOrder | undefined;
  /** Calls an order off; again changes nothing. Undefined when there is none. */
  cancel(id: string): Promise<StoredOrder | undefined>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The line that calls off an order of an earlier line. */
interface Cancellation {
  readonly cancels: string;
  readonly at: string;
}

interface KnownKey {
  readonly bodyHash: string;
  readonly stored: Promise<StoredOrder>;
}

/** Reads what is there; a last line that a crash tore is cut off. */
export async function openOrderStore(path: string): Promise<OrderStore> {
  const orders = new Map<string, StoredOrder>();
  const byKey = new Map<string, KnownKey>();
  const take = (stored: StoredOrder) => orders.set(stored.id, stored);
  const callOff = ({ cancels, at }: Cancellation) => {
    const stored = orders.get(cancels);
    if (stored) take({ ...stored, cancelledAt: at });
  };
  const file = await open(path, 'a+');
  const { found, size } = await readWhole(path, file);
  for (const line of found) {
    if ('cancels' in line) {
      callOff(line);
      continue;
    }
    const stored = line;
    take(stored);
    if (stored.idempotencyKey !== undefined)
      byKey.set(stored.idempotencyKey, { bodyHash: hashOf(stored.order), stored: Promise.resolve(stored) });
  }
  const writer = groupedWriter(file, size);

  const store = async (order: Readonly<Record<string, unknown>>, orderNo: string, idempotencyKey?: string) => {
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    const stored = { id: randomUUID(), orderNo, storedAt: new Date().toISOString(), ...key, order };
    await writer.append(`${JSON.stringify(stored)}\n`);
    take(stored);
    return stored;
  };

  return {
    async add(order, orderNo, idempotencyKey) {
      if (idempotencyKey === undefined) return { outcome: 'stored', stored: await store(order, orderNo) };
      const bodyHash = hashOf(order);
      const known = byKey.get(idempotencyKey);
      if (known && known.bodyHash !== bodyHash) return { outcome: 'key-reused' };
      if (known) return { outcome: 'replayed', stored: await known.stored };
      const stored = store(order, orderNo, idempotencyKey);
      byKey.set(idempotencyKey, { bodyHash, stored });
      // What could not be written was not stored: the key is free again.
      stored.catch(() => byKey.delete(idempotencyKey));
      return { outcome: 'stored', stored: await stored };
    },
    all: () => [...orders.values()],
    byId: (id) => orders.get(id),
    async cancel(id) {
      if (orders.get(id)?.cancelledAt === undefined && orders.has(id)) {
        const cancellation: Cancellation = { cancels: id, at: new Date().toISOString() };
        await writer.append(`${JSON.stringify(cancellation)}\n`);
        if (orders.get(id)?.cancelledAt === undefined) callOff(cancellation);
      }
      return orders.get(id);
    },
    async clear() {
      await writer.empty();
      orders.clear();
      byKey.clear();
    },
    close: () => writer.close(),
  };
}

async function readWhole(
  path: string,
  file: FileHandle,
): Promise<{ found: (StoredOrder | Cancellation)[]; size: number }> {
  const bytes = await readFile(path);
  const size = bytes.lastIndexOf(0x0a) + 1;
  if (size < bytes.length) await file.truncate(size);
  const lines = bytes.subarray(0, size).toString('utf8').split('\n').slice(0, -1);
  return { found: lines.map((line) => JSON.parse(line) as StoredOrder | Cancellation), size };
}

/** Writes what arrives while a sync runs together, with one sync for all of it. */
function groupedWriter(file: FileHandle, sizeNow: number) {
  let size = sizeNow;
  let waiting: { line: string; done: () => void; failed: (cause: unknown) => void }[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const flush = async () => {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    const bytes = Buffer.from(group.map(({ line }) => line).join(''));
    try {
      await file.appendFile(bytes);
      await file.datasync();
      size += bytes.length;
      for (const { done } of group) done();
    } catch (cause) {
      // A full disk may have taken half a line, which would spoil the next one.
      await file.truncate(size).catch(() => undefined);
      for (const { failed } of group) failed(cause);
    }
  };
  return {
    append: (line: string) =>
      new Promise<void>((done, failed) => {
        waiting.push({ line, done, failed });
        void inTurn(flush);
      }),
    empty: () =>
      inTurn(async () => {
        await file.truncate(0);
        await file.datasync();
        size = 0;
      }),
    close: () => inTurn(() => file.close()),
  };
}

/** Of the content: a repeat may write its keys in another order. */
function hashOf(order: unknown): string {
  const text = JSON.stringify(order, (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest('base64');
}
