import { beforeAll, describe, expect, test } from 'vitest';
import { APIS, call, connectionTo, failureOf, hasOdoo, made, output } from './real-odoo.ts';
import { inStock } from './warehouse.ts';

type Fields = Readonly<Record<string, unknown>>;

describe.skipIf(!hasOdoo).each(APIS)('an order by %s', (api) => {
  const connection = connectionTo({ api });
  const ref = `order-${crypto.randomUUID()}`;
  const node = <Payload>(type: string, config: Fields, input: Fields = {}) =>
    output<Payload>(type, config, { connection, input });
  const read = async (model: string, ids: readonly number[], fields: string[]) =>
    (await node<{ records: Fields[] }>('odoo.read', { model, ids, fields })).records;
  const upsert = (values: Fields, externalId = ref) =>
    node<{ id: number }>('odoo.upsert', { model: 'sale.order', externalId, values: '= values' }, { values });
  const order = (quantity: number) => ({
    partner_id: { ref },
    client_order_ref: ref,
    commitment_date: '2027-03-31T10:00:00+02:00',
    require_signature: true,
    order_line: [
      { key: '1', product_id: { default_code: `${ref}-a` }, product_uom_qty: quantity, price_unit: 11 },
      { key: '2', product_id: { default_code: `${ref}-b` }, product_uom_qty: 1, price_unit: 7 },
    ],
  });
  let orderId: number;
  let transferId: number;

  beforeAll(async () => {
    await made('res.partner', { name: ref, ref });
    for (const code of ['a', 'b']) await inStock({ name: code, default_code: `${ref}-${code}` }, 100);
    orderId = (await upsert(order(3))).id;
  });

  test('is made once by its external id, with its lines, and changed by the next call', async () => {
    const fields = ['client_order_ref', 'commitment_date', 'require_signature', 'amount_untaxed', 'order_line'];
    const [first] = await read('sale.order', [orderId], fields);
    expect(first).toMatchObject({ client_order_ref: ref, commitment_date: '2027-03-31T08:00:00Z', amount_untaxed: 40 });
    expect(await upsert({ ...order(5), require_signature: false })).toEqual({ id: orderId });
    const [second] = await read('sale.order', [orderId], fields);
    expect(second).toMatchObject({ require_signature: false, amount_untaxed: 62, order_line: first?.order_line });
  });

  test('is refused where a key fits no record or several, a field is unknown, or Odoo takes no value', async () => {
    const failed = async (values: Fields) => failureOf(upsert(values, `${ref}-bad`));
    expect(await failed({ partner_id: { ref: 'nobody' } })).toMatchObject({
      ...{ code: 'DATA_ODOO_KEY', details: { count: 'no', model: 'res.partner' } },
    });
    expect((await failed({ partner_id: { is_company: true } }))?.details.count).toBe('several');
    expect((await failed({ partner: 1 }))?.message).toContain('no field "partner"');
    const refusal = await failed({ client_order_ref: ref });
    expect(refusal).toMatchObject({ code: 'REMOTE_ODOO_RULE', details: { call: 'sale.order/load' } });
    expect(refusal?.message).toContain('Customer');
  });

  test('is confirmed once', async () => {
    const config = { orderId };
    const { order: confirmed, wasConfirmed } = await node<{ order: Fields; wasConfirmed: boolean }>(
      'odoo.confirmOrder',
      config,
    );
    expect([confirmed.state, confirmed.amount_total, wasConfirmed]).toEqual(['sale', expect.any(Number), false]);
    [transferId = 0] = confirmed.picking_ids as number[];
    expect(await node('odoo.confirmOrder', config)).toMatchObject({
      order: { id: orderId, state: 'sale' },
      wasConfirmed: true,
    });
  });

  test('that is cancelled is not confirmed, in Odoo’s words', async () => {
    const { id } = await upsert(order(1), `${ref}-cancelled`);
    await call('sale.order', 'action_cancel', { ids: [id] });
    const error = await failureOf(node('odoo.confirmOrder', { orderId: id }));
    expect(error?.code).toBe('REMOTE_ODOO_RULE');
    expect(error?.message).toContain('not in a state requiring confirmation');
  });

  test('is shipped in part, with a backorder for the rest, which is cancelled in the end', async () => {
    const moveOf = async (transfer: number, quantity: number) => {
      const [found] = await read('stock.picking', [transfer], ['move_ids']);
      const moves = await read('stock.move', (found?.move_ids ?? []) as number[], ['product_uom_qty']);
      return moves.find(({ product_uom_qty }) => product_uom_qty === quantity)?.id;
    };
    const validate = (config: Fields) =>
      node<{ transfer: Fields; backorders: { id: number; state: string }[]; wasDone: boolean }>(
        'odoo.validateTransfer',
        config,
      );
    const moved = [{ moveId: await moveOf(transferId, 5), quantity: 2 }];
    expect(await failureOf(validate({ transferId, moved: [{ moveId: 99_999_999, quantity: 1 }] }))).toMatchObject({
      code: 'CONFIG_INVALID',
    });
    const shipped = await validate({ transferId, moved });
    expect(shipped).toMatchObject({ transfer: { id: transferId, state: 'done' }, wasDone: false });
    const [backorder] = shipped.backorders;
    expect(shipped.backorders).toEqual([{ id: expect.any(Number), name: expect.any(String), state: 'assigned' }]);
    expect(await validate({ transferId, moved })).toEqual({ ...shipped, wasDone: true });
    const backorderId = backorder?.id ?? 0;
    const one = [{ moveId: await moveOf(backorderId, 3), quantity: 1 }];
    const rest = { transferId: backorderId, moved: one, rest: 'cancel' };
    expect(await validate(rest)).toMatchObject({ transfer: { state: 'done' }, backorders: [] });
    const lines = await read('sale.order', [orderId], ['order_line']);
    const delivered = await read('sale.order.line', lines[0]?.order_line as number[], ['qty_delivered']);
    expect(delivered.map(({ qty_delivered }) => qty_delivered)).toEqual([3, 0]);
  });

  test('is invoiced once, as a draft or posted', async () => {
    interface Made {
      readonly invoice: Fields;
      readonly wasThere: boolean;
    }
    const draft = await node<Made>('odoo.createInvoice', { orderId });
    expect(draft).toMatchObject({ invoice: { state: 'draft', payment_state: 'not_paid' }, wasThere: false });
    expect(await node('odoo.createInvoice', { orderId })).toEqual({ ...draft, wasThere: true });
    const other = await failureOf(node('odoo.createInvoice', { orderId, state: 'posted' }));
    expect(other).toMatchObject({ code: 'REMOTE_ODOO_RULE' });
    expect(other?.message).toContain('No items are available to invoice');
    const { id } = await upsert(order(2), `${ref}-invoiced`);
    await node('odoo.confirmOrder', { orderId: id });
    const posted = await node<Made>('odoo.createInvoice', { orderId: id, state: 'posted' });
    expect(posted).toMatchObject({ invoice: { state: 'posted' }, wasThere: false });
    expect(await node('odoo.createInvoice', { orderId: id, state: 'posted' })).toEqual({ ...posted, wasThere: true });
    expect((await read('sale.order', [id], ['invoice_ids']))[0]?.invoice_ids).toEqual([posted.invoice.id]);
  });

  test('gets a note once, its text as it is, with a link', async () => {
    const config = {
      model: 'sale.order',
      id: orderId,
      text: `Shipped <b> & "x"\nby ${ref}`,
      link: 'https://example.test/o?a=1&b=2',
    };
    const first = await node<{ messageId: number; wasThere: boolean }>('odoo.note', config);
    expect(first.wasThere).toBe(false);
    expect(await node('odoo.note', config)).toEqual({ messageId: first.messageId, wasThere: true });
    const [note] = await read('mail.message', [first.messageId], ['body', 'subtype_id', 'model', 'res_id']);
    expect(note).toMatchObject({ model: 'sale.order', res_id: orderId });
    expect(note?.body).toContain('Shipped &lt;b&gt; &amp; "x"<br>by');
    expect(await read('mail.message.subtype', [note?.subtype_id as number], ['internal'])).toMatchObject([
      { internal: true },
    ]);
    expect(note?.body).toContain('href="https://example.test/o?a=1&amp;b=2"');
  });
});
