import { createHash, randomUUID } from 'node:crypto';
import { openJsonLines } from './json-lines.ts';

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
  const lines = await openJsonLines<StoredOrder | Cancellation>(path);
  for (const line of lines.found) {
    if ('cancels' in line) {
      callOff(line);
      continue;
    }
    const stored = line;
    take(stored);
    if (stored.idempotencyKey !== undefined)
      byKey.set(stored.idempotencyKey, { bodyHash: hashOf(stored.order), stored: Promise.resolve(stored) });
  }
  const store = async (order: Readonly<Record<string, unknown>>, orderNo: string, idempotencyKey?: string) => {
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    const stored = { id: randomUUID(), orderNo, storedAt: new Date().toISOString(), ...key, order };
    await lines.append(stored);
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
        await lines.append(cancellation);
        if (orders.get(id)?.cancelledAt === undefined) callOff(cancellation);
      }
      return orders.get(id);
    },
    async clear() {
      await lines.empty();
      orders.clear();
      byKey.clear();
    },
    close: () => lines.close(),
  };
}

/** Of the content: a repeat may write its keys in another order. */
export function hashOf(order: unknown): string {
  const text = JSON.stringify(order, (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest('base64');
}
