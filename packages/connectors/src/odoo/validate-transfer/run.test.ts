import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { failureOf, type OdooPlay, startOdooPlay } from '../testing/odoo-play.ts';
import { callsOf, type Exchange, playBack } from '../testing/recorded.ts';
import { odooValidateTransfer } from './manifest.ts';
import recorded from './recorded.json' with { type: 'json' };
import { runOdooValidateTransfer } from './run.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());
beforeEach(() => {
  odoo.server.requests.length = 0;
});

const validate = (config: object = {}) =>
  runNodeForTest(odooValidateTransfer, runOdooValidateTransfer, {
    config: { transferId: 64, moved: [{ moveId: 109, quantity: 2 }], ...config },
    connection: odoo.connection(),
  });
const answering = (call: string, body: unknown) => (one: Exchange) => (one.call === call ? { ...one, body } : one);
const DONE = {
  transfer: { id: 64, name: 'WH/OUT/00058', state: 'done', date_done: '2026-11-30T09:54:56Z' },
  backorders: [{ id: 65, name: 'WH/OUT/00059', state: 'assigned' }],
};
const VALIDATE = 'stock.picking/button_validate';

test('what was moved is booked, and the backorder for the rest told', async () => {
  const calls = playBack(odoo, recorded.validated);
  expect((await validate()).emits).toEqual([{ handle: 'out', payload: { ...DONE, wasDone: false } }]);
  expect(calls).toEqual(callsOf(recorded.validated));
  const { context } = odoo.bodies().find(({ ids, ...rest }) => ids && !('fields' in rest) && !('vals' in rest)) ?? {};
  expect(context).toMatchObject({ skip_backorder: true, skip_sms: true });
  expect(context).not.toHaveProperty('picking_ids_not_to_backorder');
});

test('the rest can be cancelled', async () => {
  playBack(odoo, recorded.validated);
  await validate({ rest: 'cancel' });
  expect(JSON.stringify(odoo.bodies())).toContain('"picking_ids_not_to_backorder":[64]');
});

test('a transfer that is done is left as it is', async () => {
  const calls = playBack(odoo, recorded.done);
  expect((await validate()).emits[0]?.payload).toEqual({ ...DONE, wasDone: true });
  expect(calls).toEqual(callsOf(recorded.done));
});

test('a dialog is an error that says what is asked', async () => {
  const [, assigned] = recorded.validated;
  const stays = answering('stock.picking/read', assigned?.body);
  playBack(odoo, recorded.validated.map(answering(VALIDATE, recorded.dialog)).map(stays));
  const error = await failureOf(validate());
  expect(error?.code).toBe('REMOTE_ODOO_DIALOG');
  expect(error?.message).toContain('Create Backorder?');
});

test('papers to print, or a refusal because it is done already, are no errors of a transfer that is done', async () => {
  const print = { type: 'ir.actions.client', tag: 'do_multi_print', params: { reports: [] } };
  playBack(odoo, recorded.validated.map(answering(VALIDATE, print)));
  expect((await validate()).emits[0]?.payload).toEqual({ ...DONE, wasDone: false });
  const refusal = { name: 'odoo.exceptions.UserError', message: 'It is done.' };
  const refused = (one: Exchange) => (one.call === VALIDATE ? { ...one, status: 422, body: refusal } : one);
  playBack(odoo, recorded.validated.map(refused));
  expect((await validate()).emits[0]?.payload).toEqual({ ...DONE, wasDone: true });
});

test('a transfer that stays as it was, or is cancelled, is an error', async () => {
  const [, assigned] = recorded.validated;
  playBack(odoo, recorded.validated.map(answering('stock.picking/read', assigned?.body)));
  expect((await failureOf(validate()))?.message).toContain('WH/OUT/00058 is still "assigned"');
  playBack(odoo, recorded.validated.map(answering('stock.picking/read', [{ id: 64, name: 'W1', state: 'cancel' }])));
  expect((await failureOf(validate()))?.message).toContain('W1 is cancelled');
});

test.each([
  [[{ moveId: 7, quantity: 1 }], 'no open move 7'],
  [[{ moveId: 109, quantity: 0 }], 'nothing was moved'],
])('%j is refused before anything is written', async (moved, reason) => {
  const calls = playBack(odoo, recorded.validated);
  expect((await failureOf(validate({ moved })))?.message).toContain(reason);
  expect(calls.map(({ call }) => call)).not.toContain('stock.move/write');
});
