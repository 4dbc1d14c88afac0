import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type OdooPlay, startOdooPlay } from '../testing/odoo-play.ts';
import { callsOf, type Exchange, playBack } from '../testing/recorded.ts';
import { odooConfirmOrder } from './manifest.ts';
import recorded from './recorded.json' with { type: 'json' };
import { runOdooConfirmOrder } from './run.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());

const confirm = (orderId: number) =>
  runNodeForTest(odooConfirmOrder, runOdooConfirmOrder, { config: { orderId }, connection: odoo.connection() });
const answering = (call: string, body: unknown) => (one: Exchange) => (one.call === call ? { ...one, body } : one);
const ORDER = { id: 53, name: 'S00049', state: 'sale', amount_total: 71.3, picking_ids: [64] };

test('a quotation is confirmed and read back', async () => {
  const calls = playBack(odoo, recorded.confirmed);
  expect((await confirm(53)).emits).toEqual([{ handle: 'out', payload: { order: ORDER, wasConfirmed: false } }]);
  expect(calls).toEqual(callsOf(recorded.confirmed));
});

test('an order that is confirmed is left as it is', async () => {
  const calls = playBack(odoo, recorded.again);
  expect((await confirm(53)).emits[0]?.payload).toEqual({ order: ORDER, wasConfirmed: true });
  expect(calls).toEqual(callsOf(recorded.again));
});

test('a refusal is an error, unless an earlier call has confirmed the order meanwhile', async () => {
  playBack(odoo, recorded.cancelled);
  expect(await failureOf(confirm(56))).toMatchObject({
    ...{ code: 'REMOTE_ODOO_RULE', details: { reason: 'Some orders are not in a state requiring confirmation.' } },
  });
  const [fields, draft, , sale] = recorded.confirmed as Exchange[];
  const refusal = recorded.cancelled.find(({ status }) => status === 422) as Exchange;
  playBack(odoo, [fields, draft, refusal, sale] as Exchange[]);
  expect((await confirm(53)).emits[0]?.payload).toEqual({ order: ORDER, wasConfirmed: true });
});

const dialog = { type: 'ir.actions.act_window', name: 'Credit limit', res_model: 'sale.order.credit' };

test('neither a dialog nor an order that stays as it was is taken for success', async () => {
  const stays = answering('sale.order/read', recorded.confirmed[1]?.body);
  playBack(odoo, recorded.confirmed.map(answering('sale.order/action_confirm', dialog)).map(stays));
  const asked = await failureOf(confirm(53));
  expect(asked?.code).toBe('REMOTE_ODOO_DIALOG');
  expect(asked?.message).toContain('Credit limit');
  playBack(odoo, recorded.confirmed.map(stays));
  expect((await failureOf(confirm(53)))?.message).toContain('S00049 is still "draft"');
});

test('an order that is confirmed is confirmed, whatever Odoo asks then', async () => {
  playBack(odoo, recorded.confirmed.map(answering('sale.order/action_confirm', dialog)));
  expect((await confirm(53)).emits[0]?.payload).toEqual({ order: ORDER, wasConfirmed: false });
});
