import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { failureOf, type OdooPlay, ok, startOdooPlay } from '../testing/odoo-play.ts';
import { odooSearch } from './manifest.ts';
import { runOdooSearch } from './run.ts';

/** As Odoo 19.0 gives them. */
const FIELDS = {
  name: { type: 'char' },
  client_order_ref: { type: 'char' },
  locked: { type: 'boolean' },
  amount_total: { type: 'monetary' },
  date_order: { type: 'datetime' },
  validity_date: { type: 'date' },
  partner_id: { type: 'many2one', relation: 'res.partner' },
};
const ORDER = {
  ...{ id: 4, name: 'S00004', client_order_ref: false, locked: false, amount_total: 0 },
  ...{ date_order: '2026-11-23 03:58:19', validity_date: false, partner_id: 10 },
};

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());
beforeEach(() => {
  odoo.server.requests.length = 0;
  odoo.major = 19;
  odoo.answer = ({ method }) => ok({ fields_get: FIELDS, search: [4], read: [ORDER] }[method]);
});

const search = (config: object) =>
  runNodeForTest(odooSearch, runOdooSearch, {
    config: { model: 'sale.order', fields: ['name', 'date_order'], ...config },
    connection: odoo.connection(),
  });

test('finds ids, reads them, and makes empty values null but keeps what is false and 0', async () => {
  const fields = Object.keys(FIELDS);
  const { emits } = await search({ fields, domain: '[["date_order", ">=", "2026-11-23T05:00:00+01:00"]]', limit: 1 });
  const record = { ...ORDER, client_order_ref: null, validity_date: null, date_order: '2026-11-23T03:58:19Z' };
  expect(emits).toEqual([{ handle: 'out', payload: { records: [record], more: false } }]);
  const [, found, read] = odoo.bodies();
  expect(found).toMatchObject({ domain: [['date_order', '>=', '2026-11-23 04:00:00']], order: 'id', limit: 2 });
  expect(read).toMatchObject({ ids: [4], fields, load: null });
});

test('reads in batches, in the order found, and says that there are more', async () => {
  const ids = Array.from({ length: 451 }, (_, index) => 1000 - index);
  const records = (asked: unknown) => [...(asked as number[])].reverse().map((id) => ({ id, name: 'x' }));
  odoo.answer = ({ method, ids: asked }) => ok(method === 'search' ? ids : method === 'read' ? records(asked) : FIELDS);
  const payload = (await search({ limit: 450 })).emits[0]?.payload as { records: { id: number }[]; more: boolean };
  expect(payload.records.map(({ id }) => id)).toEqual(ids.slice(0, 450));
  expect(payload.more).toBe(true);
  expect(odoo.bodies().filter(({ load }) => load === null)).toHaveLength(3);
});

test('names the part of a domain that is no condition', async () => {
  expect((await failureOf(search({ domain: '[["state", "="]]' })))?.message).toContain('part 1');
  expect((await failureOf(search({ domain: '"all"' })))?.code).toBe('CONFIG_INVALID');
});

test('speaks the names of an older version', async () => {
  odoo.major = 16;
  odoo.answer = ({ method }) =>
    ok({ fields_get: { quantity_done: { type: 'float' } }, search: [7], read: [{ id: 7, quantity_done: 2 }] }[method]);
  const { emits } = await search({ model: 'stock.move', fields: ['quantity'], domain: '[["quantity", ">", 0]]' });
  expect(emits[0]?.payload).toEqual({ records: [{ id: 7, quantity: 2 }], more: false });
  expect(odoo.bodies().at(-2)?.params).toMatchObject({ args: { 6: { domain: [['quantity_done', '>', 0]] } } });
});
