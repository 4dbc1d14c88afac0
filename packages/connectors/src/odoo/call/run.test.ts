import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, type OdooPlay, ok, startOdooPlay } from '../testing/odoo-play.ts';
import { odooCall } from './manifest.ts';
import { runOdooCall } from './run.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());
beforeEach(() => {
  odoo.server.requests.length = 0;
  odoo.major = 19;
  odoo.answer = () => ok(true);
});

const call = (config: object, connection = odoo.connection()) =>
  runNodeForTest(odooCall, runOdooCall, {
    config: { model: 'sale.order', method: 'action_confirm', ids: [4], ...config },
    connection,
  });
const CONTEXT = { lang: 'de_DE', tz: 'UTC', allowed_company_ids: [3, 1] };

describe('a call by JSON-2', () => {
  test('goes to model and method with key, database, language, zone and companies, and hands on the bare value', async () => {
    expect((await call({ context: { skip_sms: true } })).emits).toEqual([{ handle: 'out', payload: { result: true } }]);
    const sent = odoo.server.requests.at(-1);
    expect(sent).toMatchObject({ method: 'POST', url: '/json/2/sale.order/action_confirm' });
    expect(sent?.headers).toMatchObject({ authorization: 'bearer key-1', 'x-odoo-database': 'prod' });
    expect(odoo.bodies()).toEqual([{ ids: [4], context: { ...CONTEXT, skip_sms: true } }]);
  });

  test('asks for the version once', async () => {
    const connection = odoo.connection();
    await call({}, connection);
    await call({}, connection);
    expect(odoo.server.requests.filter(({ url }) => url === '/web/version')).toHaveLength(1);
  });

  test('takes null and dialogs as they are', async () => {
    const dialog = { type: 'ir.actions.act_window', res_model: 'stock.backorder.confirmation' };
    for (const result of [null, false, dialog]) {
      odoo.answer = () => ok(result);
      expect((await call({})).emits[0]?.payload).toEqual({ result });
    }
  });
});

describe('a call by JSON-RPC', () => {
  test('signs in once, sends arguments by name and reads an absent result as null', async () => {
    odoo.major = 16;
    odoo.answer = () => ok(null);
    const connection = odoo.connection();
    await call({ args: { force: true } }, connection);
    expect((await call({}, connection)).emits[0]?.payload).toEqual({ result: null });
    const sent = odoo.bodies().map(({ params }) => params as { method: string; args: unknown[] });
    expect(sent.map(({ method }) => method)).toEqual(['version', 'authenticate', 'execute_kw', 'execute_kw']);
    const named = { force: true, context: CONTEXT };
    expect(sent[2]?.args).toEqual(['prod', 2, 'key-1', 'sale.order', 'action_confirm', [[4]], named]);
  });

  test('creates by position, so that a list of ids comes back as from JSON-2', async () => {
    odoo.major = 18;
    const config = { model: 'sale.order', method: 'create', args: { vals_list: [{ name: 'x' }] } };
    await runNodeForTest(odooCall, runOdooCall, { config, connection: odoo.connection() });
    expect(odoo.bodies().at(-1)?.params).toMatchObject({ args: { 5: [[{ name: 'x' }]] } });
  });

  test('says that login and key do not fit, or that the login is missing', async () => {
    odoo.major = 17;
    expect((await failureOf(call({}, odoo.connection({}, 'old'))))?.code).toBe('CONFIG_CREDENTIALS_REFUSED');
    expect((await failureOf(call({}, odoo.connection({ login: undefined }))))?.message).toContain('login');
  });
});

test('a server older than 16 is not spoken to', async () => {
  odoo.major = 15;
  expect((await failureOf(call({})))?.message).toContain('15');
});
