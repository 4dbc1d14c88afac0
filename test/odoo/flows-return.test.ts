import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FlowBench, hmac, rows, startFlowBench } from './flow-bench.ts';
import { call, hasOdoo, made } from './real-odoo.ts';
import { inStock } from './warehouse.ts';

const WMS_SECRET = 'the secret of the warehouse';

describe.skipIf(!hasOdoo)('returns and customers in Odoo', () => {
  const mark = `back-${crypto.randomUUID().slice(0, 8)}`;
  const sku = (which: string) => `${mark}-${which}`;
  let bench: FlowBench;
  let orderId: number;
  let deliveryNo: string;

  beforeAll(async () => {
    bench = await startFlowBench();
    await bench.connect('wms-hook', 'hook-secret', {}, { secret: WMS_SECRET });
    await bench.deploy('return-to-odoo', 'return-received', 'shop-customer-to-odoo');
    const customer = await made('res.partner', { name: mark, ref: mark });
    const order_line = [];
    for (const which of ['a', 'b']) {
      const product_id = await inStock({ name: sku(which), default_code: sku(which) }, 100);
      order_line.push([0, 0, { product_id, product_uom_qty: 5, price_unit: 11 }]);
    }
    orderId = await made('sale.order', { partner_id: customer, client_order_ref: mark, order_line });
    await call('sale.order', 'action_confirm', { ids: [orderId] });
    const [delivery] = await rows('stock.picking', [['sale_id', '=', orderId]], ['name']);
    deliveryNo = String(delivery?.name);
    const context = { skip_backorder: true, skip_sms: true };
    await call('stock.picking', 'button_validate', { ids: [delivery?.id ?? 0], context });
    const lines = await rows('sale.order.line', [['order_id', '=', orderId]], []);
    await bench.runtime.json('POST', '/api/v1/environments/dev/events', {
      ...{ key: mark, type: 'com.platform.order.received.v1' },
      data: {
        ...{ orderKey: mark, reportedBy: 'channel' },
        lines: lines.map(({ id }) => ({ lineKey: `odoo:sale.order.line::${id}`, qty: { value: '5', uom: 'Units' } })),
      },
    });
  });
  afterAll(async () => bench?.runtime.stop());

  const ask = (returnNo: string, lines: object[], change: object = {}) =>
    bench.send('returns', { returnNo, orderNo: mark, deliveryNo, reason: 'Damaged', lines, ...change });
  const receive = (returnNo: string, lines: object[]) =>
    bench.send(
      'warehouse/returns',
      { returnNo, receivedAt: new Date().toISOString(), reason: 'Damaged', lines },
      (text) => ({ 'x-shiphero-hmac-sha256': hmac(WMS_SECRET, text) }),
    );
  const transferOf = async (id: unknown) => {
    const fields = ['state', 'return_id', 'picking_type_code', 'sale_id', 'backorder_ids'];
    return (await rows('stock.picking', [['id', '=', id]], fields))[0];
  };
  const delivered = async () =>
    (await rows('sale.order.line', [['order_id', '=', orderId]], ['qty_delivered'])).map(({ qty_delivered: of }) => of);
  const returned = (a: string, b: string) =>
    bench.page(mark, `${a} and ${b} returned`, ({ lines }) => {
      const [first, second] = lines.map(({ quantities }) => quantities.returned);
      return first === a && second === b;
    });

  test('a return is made once for the delivery, and told', async () => {
    const first = await ask(`${mark}-1`, [{ sku: sku('a'), quantity: 2 }]);
    expect(first).toMatchObject({ status: 200, body: { returnNo: `${mark}-1`, transferId: expect.any(Number) } });
    expect(await ask(`${mark}-1`, [{ sku: sku('a'), quantity: 2 }])).toEqual(first);
    const [delivery] = await rows('stock.picking', [['name', '=', deliveryNo]], []);
    const { transferId } = first.body;
    expect(await transferOf(transferId)).toMatchObject({
      return_id: delivery?.id,
      picking_type_code: 'incoming',
      sale_id: orderId,
    });
    const moves = await rows(
      'stock.move',
      [['picking_id', '=', transferId]],
      ['product_uom_qty', 'to_refund', 'origin_returned_move_id'],
    );
    expect(moves).toMatchObject([{ product_uom_qty: 2, to_refund: true, origin_returned_move_id: expect.any(Number) }]);
    expect(await rows('stock.picking', [['return_id', '=', delivery?.id]], [])).toHaveLength(1);
    await bench.page(mark, 'the return', ({ timeline }) =>
      timeline.some(({ type }) => type === 'com.platform.return.authorized.v1'),
    );
  });

  test('what was not shipped, or not so much, is refused', async () => {
    const [a, b] = [sku('a'), sku('b')];
    expect(await ask(`${mark}-x`, [{ sku: a, quantity: 6 }])).toMatchObject({
      ...{ status: 422, body: { message: expect.stringContaining(`6 of ${a}`) } },
    });
    expect(await ask(`${mark}-x`, [{ sku: b, quantity: 1 }], { deliveryNo: 'WH/OUT/none' })).toMatchObject({
      status: 404,
    });
    // Two of the five are on their way back already.
    expect(await ask(`${mark}-x`, [{ sku: a, quantity: 4 }])).toMatchObject({ status: 422 });
  });

  test('what comes back is booked in Odoo, which counts it as not delivered', async () => {
    await receive(`${mark}-1`, [{ sku: sku('a'), received: 2 }]);
    expect(await bench.ended('return-received', `${mark}-1`)).toMatchObject([{ status: 'succeeded' }]);
    expect(await delivered()).toEqual([3, 5]);
    await returned('2', '0');
  });

  test('a part that comes back leaves the rest awaited, which comes with the next', async () => {
    const returnNo = `${mark}-2`;
    const { body } = await ask(returnNo, [
      { sku: sku('a'), quantity: 1 },
      { sku: sku('b'), quantity: 3 },
    ]);
    await receive(returnNo, [{ sku: sku('b'), received: 2 }]);
    await bench.ended('return-received', returnNo);
    const transfer = await transferOf(body.transferId);
    expect(transfer).toMatchObject({ state: 'done', backorder_ids: [expect.any(Number)] });
    expect(await delivered()).toEqual([3, 3]);
    await returned('2', '2');
    await receive(returnNo, [
      { sku: sku('a'), received: 1 },
      { sku: sku('b'), received: 1 },
    ]);
    expect((await bench.ended('return-received', returnNo, 2)).map(({ status }) => status)).toEqual([
      ...['succeeded', 'succeeded'],
    ]);
    const [rest] = (transfer?.backorder_ids ?? []) as number[];
    expect(await transferOf(rest)).toMatchObject({ state: 'done' });
    expect(await delivered()).toEqual([2, 2]);
    await returned('3', '3');
  });

  test('what was not authorised is booked nowhere, and a person sees it', async () => {
    const returnNo = `${mark}-3`;
    const { body } = await ask(returnNo, [{ sku: sku('b'), quantity: 1 }]);
    await receive(returnNo, [{ sku: sku('a'), received: 1 }]);
    expect(await bench.ended('return-received', returnNo)).toMatchObject([{ status: 'failed' }]);
    expect((await transferOf(body.transferId))?.state).not.toBe('done');
    const { exceptions } = await bench.page(mark, 'the exception', (page) => page.exceptions.length > 0);
    expect(exceptions).toMatchObject([{ code: 'RETURN_MISMATCH', isOpen: true }]);
    await receive(`${mark}-none`, [{ sku: sku('a'), received: 1 }]);
    expect(await bench.ended('return-received', `${mark}-none`)).toMatchObject([{ status: 'failed' }]);
  });

  test('a customer of the shop is made once in Odoo, and what Odoo refuses is given back', async () => {
    const id = Number(String(Date.now()).slice(-9));
    const customer = { id, name: mark, email: `${mark}@example.test` };
    for (let time = 1; time <= 2; time++) {
      await bench.send('shop/customers', customer);
      expect(await bench.ended('shop-customer-to-odoo', String(id), time)).toMatchObject(
        Array(time).fill({ status: 'succeeded' }),
      );
    }
    const partners = await rows('res.partner', [['ref', '=', `shop-${id}`]], ['name', 'email']);
    expect(partners).toMatchObject([{ name: mark, email: customer.email }]);
    expect(await bench.linked('customer', { system: 'shop', id: String(id) }, 'odoo')).toBe(String(partners[0]?.id));
    const nameless = { id: id + 1, name: '', email: customer.email };
    await bench.send('shop/customers', nameless);
    expect(await bench.ended('shop-customer-to-odoo', String(id + 1))).toMatchObject([{ status: 'failed' }]);
    await bench.send('shop/customers', { ...nameless, name: `${mark} mended` });
    expect((await bench.ended('shop-customer-to-odoo', String(id + 1), 2))[0]).toMatchObject({ status: 'succeeded' });
  });
});
