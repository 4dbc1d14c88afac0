import { loopbackHttp } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import recorded from '../testing/errors.json' with { type: 'json' };
import { failureOf, type OdooPlay, ok, startOdooPlay } from '../testing/odoo-play.ts';
import { listOdooChoices } from './list-choices.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());

const list = (of: 'models' | 'fields', within = '') =>
  listOdooChoices({ of, within }, odoo.connection() as never, {
    http: loopbackHttp(),
    signal: AbortSignal.timeout(10_000),
  });

test('models come with their names', async () => {
  odoo.answer = ({ model }) => ok(model === 'ir.model' ? [{ id: 1, model: 'sale.order', name: 'Sales Order' }] : []);
  expect(await list('models')).toEqual([{ value: 'sale.order', title: 'Sales Order' }]);
});

test('fields come with type, relation and whether they are required, those first, by the names of 19', async () => {
  odoo.major = 18;
  odoo.answer = () =>
    ok({
      name: { string: 'Text', type: 'text', required: true },
      product_uom: { string: 'Unit', type: 'many2one', relation: 'uom.uom' },
      price_total: { string: 'Total', type: 'monetary', readonly: true },
    });
  const line = { required: false, readonly: false };
  expect(await list('fields', 'sale.order.line')).toEqual([
    { value: 'name', title: 'Text', type: 'text', required: true, readonly: false },
    { value: 'price_total', title: 'Total', type: 'monetary', required: false, readonly: true },
    { value: 'product_uom_id', title: 'Unit', type: 'many2one', relation: 'uom.uom', ...line },
  ]);
  odoo.major = 19;
});

test('an unknown model is said to be one', async () => {
  odoo.answer = () => {
    const { status, body } = recorded.find(({ title, api }) => title === 'an unknown model' && api === 'json-2') ?? {};
    return { status: status ?? 599, body };
  };
  expect((await failureOf(list('fields', 'no.model')))?.code).toBe('CONFIG_ODOO_CALL');
});
