import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, type OdooPlay, ok, startOdooPlay } from '../testing/odoo-play.ts';
import { odooRead } from './manifest.ts';
import { runOdooRead } from './run.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
  odoo.answer = ({ method }) => ok(method === 'read' ? [{ id: 4, name: 'S00004' }] : { name: { type: 'char' } });
});
afterAll(() => odoo.server.close());

const read = (config: object) =>
  runNodeForTest(odooRead, runOdooRead, {
    config: { model: 'sale.order', ids: [4, 5], fields: ['name'], ...config },
    connection: odoo.connection(),
  });

test('a missing record, of which Odoo says nothing, is an error that names it, or is listed', async () => {
  expect(await failureOf(read({}))).toMatchObject({ code: 'REMOTE_ODOO_MISSING', details: { ids: [5] } });
  const payload = { records: [{ id: 4, name: 'S00004' }], missing: [5] };
  expect((await read({ onMissing: 'skip' })).emits).toEqual([{ handle: 'out', payload }]);
});
