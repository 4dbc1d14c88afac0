import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type OdooPlay, startOdooPlay } from '../testing/odoo-play.ts';
import { callsOf, type Exchange, playBack } from '../testing/recorded.ts';
import { odooUpsert } from './manifest.ts';
import recorded from './recorded.json' with { type: 'json' };
import { runOdooUpsert } from './run.ts';

const ORDER = {
  partner_id: { ref: 'EXT-1001' },
  client_order_ref: 'EXT-1001',
  commitment_date: '2027-03-31T10:00:00+02:00',
  require_signature: true,
  order_line: [
    { key: '1', product_id: { default_code: 'EXT-1001' }, product_uom_qty: 5, price_unit: 11 },
    { key: '2', product_id: { default_code: 'EXT-1001' }, product_uom_qty: 1, price_unit: 7 },
  ],
};

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());

async function upsert(values: object, exchanges: readonly Exchange[], externalId = 'so_EXT-1001') {
  odoo.server.requests.length = 0;
  const calls = playBack(odoo, exchanges);
  const config = { model: 'sale.order', externalId, values: '= $' };
  const run = runNodeForTest(odooUpsert, runOdooUpsert, { config, input: values, connection: odoo.connection() });
  return { error: await failureOf(run), output: (await run.catch(() => undefined))?.emits[0]?.payload, calls };
}

test('an order and its lines go as one table, keys looked up once, times in UTC', async () => {
  const { output, calls } = await upsert(ORDER, recorded.written);
  expect(output).toEqual({ id: 53 });
  expect(calls).toEqual(callsOf(recorded.written));
  expect(odoo.bodies().at(-1)?.context).toMatchObject({ tz: 'UTC', lang: 'de_DE' });
});

test('what Odoo refuses is an error with its words, though it answers 200', async () => {
  const { error } = await upsert({ client_order_ref: 'EXT-1001' }, recorded.refused, 'so_EXT-1001_bad');
  expect(error).toMatchObject({ code: 'REMOTE_ODOO_RULE', details: { call: 'sale.order/load' } });
  expect(error?.message).toContain("Missing required value for the field 'Customer'");
});

test('a key that no record has ends it before anything is written', async () => {
  const { error, calls } = await upsert({ partner_id: { ref: 'nobody' } }, recorded.noKey);
  expect(error?.message).toContain('has no res.partner with ref "nobody"');
  expect(calls).toEqual(callsOf(recorded.noKey));
});

test('a field that the model lacks is named', async () => {
  const { error } = await upsert({ colour: 'red' }, recorded.written);
  expect(error?.code).toBe('CONFIG_ODOO_CALL');
  expect(error?.message).toContain('sale.order has no field "colour"');
});

test.each([
  [{ partner_id: 'EXT-1001' }, '"partner_id" of sale.order'],
  [{ order_line: [{ product_uom_qty: 1 }] }, 'line 1 of "order_line"'],
  [{ order_line: [{ key: 'a.b' }] }, 'line 1 of "order_line"'],
])('%j is refused by name', async (values, what) => {
  const fields = recorded.written.filter(({ call }) => call.startsWith('sale.order') && call.endsWith('fields_get'));
  expect(await upsert(values, fields)).toMatchObject({ error: { code: 'CONFIG_INVALID', details: { what } } });
});
