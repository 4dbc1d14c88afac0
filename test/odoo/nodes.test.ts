import { beforeAll, describe, expect, test } from 'vitest';
import { APIS, call, connectionTo, hasOdoo, made, output } from './real-odoo.ts';
import { counted } from './warehouse.ts';

interface Found {
  readonly records: readonly Record<string, unknown>[];
  readonly more: boolean;
}

describe.skipIf(!hasOdoo).each(APIS)('nodes of Odoo by %s', (api) => {
  const connection = connectionTo({ api });
  const ref = `nodes-${api}-${crypto.randomUUID()}`;
  let orderId: number;

  beforeAll(async () => {
    const partner = await made('res.partner', { name: ref });
    const product = await made('product.product', { name: ref, type: 'consu', list_price: 11 });
    const order_line = [[0, 0, { product_id: product, product_uom_qty: 5 }]];
    orderId = await made('sale.order', { partner_id: partner, client_order_ref: ref, order_line });
  });

  const read = async (fields: string[]) => {
    const config = { model: 'sale.order', ids: [orderId], fields };
    return (await output<Found>('odoo.read', config, { connection })).records[0];
  };

  test('a record is found by a condition, with values in the forms of payloads', async () => {
    const fields = ['name', 'client_order_ref', 'locked', 'amount_untaxed', 'date_order', 'origin', 'order_line'];
    const domain = `[["client_order_ref", "=", ref], ["date_order", ">", "2020-01-01T00:00:00+01:00"]]`;
    const found = await output<Found>(
      'odoo.search',
      { model: 'sale.order', domain, fields },
      { connection, input: { ref } },
    );
    expect(found).toEqual({
      records: [
        {
          ...{ id: orderId, name: expect.stringMatching(/^S\d+$/), client_order_ref: ref, locked: false },
          ...{
            amount_untaxed: 55,
            date_order: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
            origin: null,
          },
          order_line: [expect.any(Number)],
        },
      ],
      more: false,
    });
  });

  test('more than wanted is told, a missing id listed', async () => {
    const found = await output<Found>(
      'odoo.search',
      { model: 'res.partner', fields: ['name'], limit: 2 },
      { connection },
    );
    expect(found.records).toHaveLength(2);
    expect(found.more).toBe(true);
    const config = { model: 'sale.order', ids: [orderId, 99_999_999], fields: ['name'], onMissing: 'skip' };
    expect(await output('odoo.read', config, { connection })).toMatchObject({
      ...{ records: [{ id: orderId }], missing: [99_999_999] },
    });
  });

  test('a method is called, and what it did is read back', async () => {
    expect(await call('sale.order', 'action_confirm', { ids: [orderId] }, connection)).toBe(true);
    expect(await read(['state'])).toEqual({ id: orderId, state: 'sale' });
  });

  test('a method that returns nothing gives null', async () => {
    const product = await made('product.product', { name: ref, is_storable: true });
    const quants = await counted(product, 3);
    expect(await call('stock.quant', 'action_apply_inventory', { ids: quants }, connection)).toBeNull();
  });

  test('create gives a list of ids by either interface', async () => {
    const args = { vals_list: [{ name: ref }, { name: ref }] };
    const ids = await call<number[]>('res.partner', 'create', { args }, connection);
    expect(ids).toEqual([expect.any(Number), expect.any(Number)]);
  });
});

describe.skipIf(!hasOdoo).each(APIS)('what goes with every call by %s', (api) => {
  test('companies: the first is that of what is made', async () => {
    const args = { fields: ['company_id'] };
    for (const companies of [
      [1, 2],
      [2, 1],
    ])
      expect(await call('sale.order', 'default_get', { args }, connectionTo({ api, companies }))).toMatchObject({
        company_id: companies[0],
      });
  });

  test('time zone: Odoo reckons days by it', async () => {
    const args = { domain: [], groupby: ['create_date:day'], aggregates: ['__count'], limit: 1 };
    const startsOf = async (tz: string) =>
      JSON.stringify(await call('res.users', 'formatted_read_group', { args }, connectionTo({ api, tz })));
    expect(await startsOf('UTC')).toMatch(/\d 00:00:00/);
    expect(await startsOf('Pacific/Kiritimati')).toMatch(/\d 10:00:00/);
  });

  test('language: texts come in it', async () => {
    const [german] = await call<{ id: number }[]>('res.lang', 'search_read', {
      ...{ args: { domain: [['code', '=', 'de_DE']], fields: ['code'] }, context: { active_test: false } },
    });
    await call('res.lang', 'action_unarchive', { ids: [german?.id ?? 0] });
    const id = await made('product.product', { name: 'Box' });
    await call('product.product', 'write', {
      ids: [id],
      args: { vals: { name: 'Kiste' } },
      context: { lang: 'de_DE' },
    });
    const name = async (lang: string) =>
      (
        await output<Found>(
          'odoo.read',
          { model: 'product.product', ids: [id], fields: ['name'] },
          { connection: connectionTo({ api, lang }) },
        )
      ).records[0]?.name;
    expect([await name('en_US'), await name('de_DE')]).toEqual(['Box', 'Kiste']);
  });
});
