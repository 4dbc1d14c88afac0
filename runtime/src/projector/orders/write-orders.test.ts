import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '@crossdock/bus';
import { foldOrder, type OrderEvent } from '@crossdock/orders';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFor } from '../../store/database-for.testing.ts';
import { type Database, openDatabase } from '../../store/index.ts';
import { openVault } from '../../vault/index.ts';
import { sweepOld } from '../retention.ts';
import { writeOrders } from './write-orders.ts';

const log = pino({ level: 'silent' });
const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 22);
let seq = 0;

/** An event of an order, so many minutes after nine, as it rests. */
function stored(key: string, name: string, minute: number, data: Record<string, unknown>): StoredEvent {
  const id = `${name}:${minute}:${key}`;
  const time = new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();
  return {
    ...{ seq: ++seq, env: 'dev', keyHash: hash(key), idHash: hash(id), storedAt: new Date(time) },
    event: {
      ...{ specversion: '1.0', id, source: '//connections/test', type: `com.platform.${name}.v1`, time },
      ...{ partitionkey: key, datacontenttype: 'application/json', data },
    },
  };
}
const qty = (value: string) => ({ value, uom: 'EA' });
const fact = (key: string, kind: string, minute: number, factKey: string, value: string) =>
  stored(key, `order.line.${kind}`, minute, { lineKey: 'ord_1/1', factKey, qty: qty(value) });
const linked = (minute: number, keys: [string, string], under = keys[0]) =>
  stored(under, 'xref.linked', minute, { entity: 'order', keys });
const unlinked = (minute: number, keys: [string, string], under = keys[0]) =>
  stored(under, 'xref.unlinked', minute, { entity: 'order', keys, rev: 1 });

/** What a shop, Odoo and a warehouse say of one order, each under its own key; and what is said of another. */
const STORY = [
  stored('ord_1', 'order.received', 0, {
    ...{ orderKey: 'ord_1', channel: 'shop', customerOrderNo: 'PO-4711', currency: 'EUR' },
    parties: [{ role: 'buyer', name: 'Acme' }],
    lines: [{ lineKey: 'ord_1/1', item: { sku: 'A' }, qty: qty('10'), price: { amount: '2.50', currency: 'EUR' } }],
  }),
  stored('ord_1', 'order.validated', 1, { orderKey: 'ord_1' }),
  fact('odoo:sale.order::88', 'allocated', 2, 'odoo:stock.picking::7', '10'),
  fact('odoo:sale.order::88', 'shipped', 9, 'odoo:stock.picking::7', '6'),
  linked(12, ['odoo:sale.order::88', 'ord_1']),
  stored('S-1001', 'order.confirmed', 3, { orderKey: 'ord_1', ref: { system: 'odoo', type: 'sale.order', id: '88' } }),
  stored('ord_1', 'hold.placed', 4, { holdId: 'h', code: 'CREDIT' }),
  stored('ord_2', 'order.received', 5, { orderKey: 'ord_2', lines: [] }),
  linked(6, ['ord_1', 'ord_2'], 'ord_2'),
  unlinked(7, ['ord_1', 'ord_2'], 'ord_1'),
  stored('ord_2', 'no.such.event', 8, { anything: 1 }),
];

let dir: string;
let db: Database;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'crossdock-orders-'));
  db = await openDatabase({ ...(await databaseFor(dir)), log });
});
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true, force: true });
});

const clear = () =>
  db.kysely
    .deleteFrom('order_events')
    .execute()
    .then(() => db.kysely.deleteFrom('orders').execute());
async function rows() {
  const { kysely } = db;
  return {
    orders: await kysely.selectFrom('orders').selectAll().orderBy('order_id').execute(),
    keys: await kysely.selectFrom('order_keys').selectAll().orderBy('key').execute(),
    identifiers: await kysely
      .selectFrom('order_identifiers')
      .selectAll()
      .orderBy('order_id')
      .orderBy('system')
      .orderBy('type')
      .orderBy('value')
      .execute(),
    issues: await kysely.selectFrom('order_issues').selectAll().orderBy('order_id').orderBy('issue_id').execute(),
    looks: await kysely.selectFrom('order_looks').selectAll().orderBy('order_id').execute(),
    events: await kysely.selectFrom('order_events').selectAll().orderBy('place').execute(),
  };
}
/** When the read model is written. */
const NOW = new Date('2026-11-23T09:10:00Z');
async function rowsOf(batches: readonly (readonly StoredEvent[])[]) {
  await clear();
  for (const batch of batches) if (batch.length > 0) await writeOrders(db, batch, NOW);
  return rows();
}

describe('orders in the read model', () => {
  test('are what the fold makes of all events under all keys, with their names in every system', async () => {
    const { orders, identifiers, keys, issues, looks, events } = await rowsOf([STORY]);
    expect(orders.map(({ order_id }) => order_id)).toEqual(['ord_1', 'ord_2']);
    const [first, second] = orders;
    const mine = STORY.filter(
      ({ event }) => !String(event.partitionkey).startsWith('ord_2') || event.type.includes('xref'),
    );
    const heard = mine.map(({ event, storedAt }) => ({ ...event, recordedtime: storedAt.toISOString() }));
    expect(first!.state).toEqual(JSON.parse(JSON.stringify(foldOrder(heard as unknown as OrderEvent[]))));
    expect(first).toMatchObject({ step: 'allocated', is_pending: true, channel: 'shop', partner: 'Acme' });
    expect(Number(first!.amount)).toBe(25);
    expect(first!.step_since).toEqual(new Date('2026-11-23T09:02:00Z'));
    expect(keys.map(({ key, order_id }) => `${key} ${order_id}`)).toEqual([
      ...['S-1001 ord_1', 'odoo:sale.order::88 ord_1', 'ord_1 ord_1', 'ord_2 ord_2'],
    ]);
    expect(issues).toMatchObject([{ order_id: 'ord_1', kind: 'hold', code: 'CREDIT', severity: null }]);
    // Its credit may be decided for four hours; the other one is to be validated within 15 minutes.
    expect(looks.map(({ order_id, due_at }) => `${order_id} ${due_at.toISOString()}`)).toEqual([
      'ord_1 2026-11-23T13:04:00.000Z',
      'ord_2 2026-11-23T09:20:00.000Z',
    ]);
    const named = identifiers.filter(({ order_id }) => order_id === 'ord_1');
    expect(named.map(({ system, type, value }) => `${system} ${type} ${value}`)).toEqual([
      ...['crossdock order S-1001', 'crossdock order ord_1', 'customer order PO-4711'],
      ...['odoo sale.order 88', 'odoo stock.picking 7'],
    ]);
    expect(second).toMatchObject({ step: 'received', events: 4 });
    expect(events.filter(({ problem }) => problem !== null).map(({ problem }) => problem)).toEqual([
      expect.stringContaining('is no event type of the catalogue'),
    ]);
  });

  test('are the same whatever the order of the events, the batches, and however often each comes', async () => {
    const reference = await rowsOf([STORY]);
    const again = fc.shuffledSubarray([...STORY, ...STORY.slice(3, 8)], { minLength: STORY.length + 5 });
    const sizes = fc.array(fc.integer({ min: 2, max: 9 }), { minLength: STORY.length, maxLength: STORY.length });
    await fc.assert(
      fc.asyncProperty(again, sizes, async (events, of) => {
        expect(await rowsOf(cut(events, of))).toEqual(reference);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  test('become one when an event links them, and two when it is taken back', async () => {
    const until = STORY.filter(({ event }) => !event.type.includes('xref'));
    const ids = async (batch: StoredEvent[]) => {
      const written = await writeOrders(db, batch);
      const now = await db.kysely.selectFrom('orders').select('order_id').orderBy('order_id').execute();
      return [written.map(({ orderId }) => orderId).sort(), now.map(({ order_id }) => order_id)];
    };
    await rowsOf([until]);
    const apart = ['odoo:sale.order::88', 'ord_1', 'ord_2'];
    expect((await ids([STORY[0]!]))[1]).toEqual(apart);
    const link = linked(12, ['odoo:sale.order::88', 'ord_1']);
    expect(await ids([link])).toEqual([['ord_1'], ['ord_1', 'ord_2']]);
    expect(await ids([link])).toEqual([[], ['ord_1', 'ord_2']]);
    expect(await ids([unlinked(13, ['odoo:sale.order::88', 'ord_1'], 'ord_1')])).toEqual([
      ['odoo:sale.order::88', 'ord_1'],
      apart,
    ]);
  });

  test('count what is told with masked values, which rest sealed and are never named', async () => {
    const vault = openVault({ secretKey: new Uint8Array(32).fill(5) });
    const { event, ...rest } = STORY[0]!;
    const { specversion, type, ...told } = event;
    const mask = ['data.customerOrderNo', 'data.lines.*.price.amount'];
    const sealed = vault.seal(told, { env: 'dev', mask }) as typeof told;
    const { orders, identifiers, events } = await rowsOf([[{ ...rest, event: { specversion, type, ...sealed } }]]);
    expect(orders).toMatchObject([{ step: 'received', customer_order_no: '•••', amount: null }]);
    expect(identifiers.map(({ value }) => value)).toEqual(['ord_1']);
    expect(JSON.stringify(events)).not.toContain('PO-4711');
    expect(events[0]!.problem).toBeNull();
  });

  test('go a year after they were last heard of, as a whole', async () => {
    await rowsOf([STORY]);
    const year = 366 * 86_400_000;
    await sweepOld({ db, log, now: () => Date.UTC(2026, 10, 23) + year - 2 * 86_400_000 });
    expect((await rows()).orders).toHaveLength(2);
    await sweepOld({ db, log, now: () => Date.UTC(2026, 10, 24) + year });
    expect(await rows()).toEqual({ orders: [], keys: [], identifiers: [], issues: [], looks: [], events: [] });
  });
});

function cut(events: readonly StoredEvent[], sizes: readonly number[]): StoredEvent[][] {
  const batches: StoredEvent[][] = [];
  for (let at = 0; at < events.length; at += sizes[batches.length - 1] ?? 1)
    batches.push(events.slice(at, at + (sizes[batches.length] ?? 1)));
  return batches;
}
