import { loopbackHttp } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import recorded from '../testing/errors.json' with { type: 'json' };
import { failureOf, type OdooPlay, ok, startOdooPlay } from '../testing/odoo-play.ts';
import { checkOdooConnection } from './check.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());

const check = (settings: object = {}) =>
  checkOdooConnection(odoo.connection(settings) as never, {
    http: loopbackHttp(),
    connect: () => Promise.reject(new Error('no socket')),
    signal: AbortSignal.timeout(10_000),
  });
const recordedError = (title: string, api: string) =>
  recorded.find((one) => one.title === title && one.api === api) ?? { status: 599, body: {} };

test.each(['json-2', 'json-rpc'])('by %s it tells version, user, rights, keys and modules', async (api) => {
  odoo.answer = ({ model, method, args }) => {
    if (method === 'context_get') return ok({ lang: 'en_US', tz: 'Europe/Brussels', uid: 2 });
    if (model === 'res.users') return ok([{ id: 2, login: 'admin' }]);
    if (model === 'res.users.apikeys') return ok([{ id: 2, expiration_date: '2027-01-31 00:00:00' }]);
    if (model === 'delivery.carrier') return recordedError('an unknown model', api);
    return ok(args.operation === 'read' || model === 'sale.order');
  };
  expect(await check({ api })).toBe(
    'Odoo 19.0, user admin; sale (reads and writes), stock (reads), purchase (reads), account (reads), delivery (not installed); the first key of this user ends 2027-01-31 00:00:00 UTC',
  );
});

test('it says that the key is refused', async () => {
  odoo.answer = () => recordedError('a wrong key', 'json-2');
  expect((await failureOf(check()))?.message).toContain('has expired');
});
