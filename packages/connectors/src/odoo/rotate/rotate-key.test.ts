import { loopbackHttp } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import recorded from '../testing/errors.json' with { type: 'json' };
import { failureOf, type OdooPlay, ok, startOdooPlay } from '../testing/odoo-play.ts';
import { rotateOdooKey } from './rotate-key.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());

const rotate = () =>
  rotateOdooKey(odoo.connection() as never, {
    ...{ http: loopbackHttp(), signal: AbortSignal.timeout(10_000), now: Date.parse('2026-11-30T12:00:00Z') },
  });
const keysOf = () => odoo.server.requests.map(({ headers }) => headers.authorization);

test('a new key is made, tried, and only then the old one may be taken away', async () => {
  odoo.answer = ({ method }) => ok(method === 'generate' ? 'key-2' : true);
  const { credentials, settings, retire } = await rotate();
  expect([credentials, settings]).toEqual([{ apiKey: 'key-2' }, { expiresAt: '2027-02-28' }]);
  const [made] = odoo.bodies();
  expect(made).toMatchObject({ key: 'key-1', scope: 'rpc', expiration_date: '2027-02-28 12:00:00' });
  expect(keysOf().slice(-1)).toEqual(['bearer key-2']);
  await retire();
  expect(odoo.bodies().at(-1)).toMatchObject({ key: 'key-1' });
  expect(odoo.server.requests.at(-1)?.url).toBe('/json/2/res.users.apikeys/revoke');
});

test('a new key that does not work changes nothing', async () => {
  const refused = recorded.find(({ title, api }) => title === 'a wrong key' && api === 'json-2');
  odoo.answer = ({ method }) =>
    method === 'generate' ? ok('key-2') : { status: refused?.status ?? 599, body: refused?.body };
  expect((await failureOf(rotate()))?.code).toBe('CONFIG_CREDENTIALS_REFUSED');
});

test('where only people make keys, it says so', async () => {
  const unknown = recorded.find(({ title, api }) => title === 'an unknown method' && api === 'json-2');
  odoo.answer = () => ({ status: unknown?.status ?? 599, body: unknown?.body });
  const error = await failureOf(rotate());
  expect(error?.code).toBe('REMOTE_CANNOT_ROTATE');
  expect(error?.row.fix).toContain('by hand');
});
