import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../fixtures/runtime.ts';
import { type FlowBench, hmac, PATIENCE, rows, startFlowBench } from './flow-bench.ts';
import { call, hasOdoo, made } from './real-odoo.ts';
import { countMore, inStock } from './warehouse.ts';

const CRM_KEY = Buffer.from('the secret of the CRM, 32 bytes.');
const UPS_KEY = 'the key of the carrier';

interface PickOrder {
  readonly orderNo: string;
  readonly deliveryId: number;
  readonly deliveryNo: string;
  readonly lines: readonly { readonly moveId: number; readonly sku: string; readonly quantity: string }[];
}

describe.skipIf(!hasOdoo)('from the quote to the door, with Odoo', () => {
  const mark = `door-${crypto.randomUUID().slice(0, 8)}`;
  const quoteNo = `${mark}-quote`;
  const sku = (which: string) => `${mark}-${which}`;
  let bench: FlowBench;
  let warehouse: string;

  beforeAll(async () => {
    bench = await startFlowBench();
    warehouse = await bench.system('wms');
    await bench.connect('wms', 'http', { baseUrl: warehouse });
    await bench.connect('crm-hook', 'hook-secret', {}, { secret: `whsec_${CRM_KEY.toString('base64')}` });
    await bench.connect('ups-hook', 'hook-secret', {}, { secret: UPS_KEY });
    const variables = await bench.runtime.json<object>('GET', '/api/v1/environments/dev/variables');
    const path = '/api/v1/environments/dev/variables';
    await bench.runtime.json('PUT', path, { ...variables, publicUrl: 'https://crossdock.test' });
    await bench.deploy(
      ...['crm-quote-to-order', 'odoo-order-status', 'odoo-delivery-to-wms', 'shipment-to-odoo'],
      ...['carrier-tracking', 'order-event-to-odoo'],
    );
    await made('res.partner', { name: mark, ref: mark });
    await inStock({ name: sku('a'), default_code: sku('a') }, 6);
    await inStock({ name: sku('b'), default_code: sku('b') }, 100);
  });
  afterAll(async () => bench?.runtime.stop());

  const quote = (status: string, change: object = {}) => {
    const content = {
      ...{ quoteNo, status, changedAt: new Date().toISOString(), customerNo: mark, customerName: 'Acme' },
      ...{ customerOrderNo: `PO-${mark}`, currency: 'USD', total: '154.00', requestedBy: '2027-01-31T17:00:00Z' },
      lines: [
        { no: 1, sku: sku('a'), quantity: 10, uom: 'Units', price: '12.50' },
        { no: 2, sku: sku('b'), quantity: 4, uom: 'Units', price: '7.25' },
      ],
      ...change,
    };
    return bench.send('crm/quotes', content, (text) => {
      const [id, at] = [crypto.randomUUID(), String(Math.floor(Date.now() / 1000))];
      const signature = hmac(CRM_KEY, `${id}.${at}.${text}`);
      return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
    });
  };
  const orderOf = async (ref: string) => {
    const fields = ['state', 'amount_untaxed', 'origin', 'commitment_date', 'order_line', 'delivery_status'];
    return (await rows('sale.order', [['client_order_ref', '=', ref]], fields))[0];
  };
  /** What the warehouse was told to pick of an order, once that is so many deliveries. */
  const pickOrders = (orderNo: string, count: number) =>
    eventually(`the warehouse is told of ${count}`, PATIENCE, async () => {
      const answer = await fetch(`${warehouse}/orders?orderNo=${orderNo}`);
      const { items } = (await answer.json()) as { items: PickOrder[] };
      return items.length >= count && items;
    });
  const ship = ({ orderNo, deliveryNo, lines }: PickOrder, trackingNo: string, left: Record<string, number> = {}) =>
    bench.send('warehouse/shipments', {
      ...{ orderNo, deliveryNo, shipmentNo: `S-${deliveryNo}`, shippedAt: new Date().toISOString() },
      ...{ carrier: 'UPS', trackingNo },
      lines: lines.map(({ moveId, sku: of, quantity }) => ({ moveId, shipped: Number(quantity) - (left[of] ?? 0) })),
    });
  const scan = (trackingNumber: string, type: string, code: string) => {
    const [day, time] = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
    const content = { trackingNumber, gmtActivityDate: day, gmtActivityTime: time };
    return bench.send(
      'carriers/ups',
      { ...content, activityStatus: { type, code }, activityLocation: { city: 'Hamburg' } },
      () => ({ credential: UPS_KEY }),
    );
  };
  const notesOn = async (orderId: number) => {
    const domain = [
      ['model', '=', 'sale.order'],
      ['res_id', '=', orderId],
      ['body', 'like', 'Crossdock'],
    ];
    return (await rows('mail.message', domain, ['body'])).map(({ body }) => String(body));
  };
  const noted = (orderId: number, what: string, count: number) =>
    eventually(`${count} notes of "${what}"`, PATIENCE, async () => {
      const found = (await notesOn(orderId)).filter((body) => body.includes(what));
      return found.length >= count && found;
    });

  test('an accepted quote is an order in Odoo, confirmed, its lines and total as quoted', async () => {
    await quote('Presented');
    await bench.page(quoteNo, 'the quote', ({ step }) => step === 'quoted');
    await quote('Accepted');
    expect(await bench.ended('crm-quote-to-order', quoteNo, 2)).toMatchObject([{ status: 'succeeded' }, {}]);
    const order = await orderOf(quoteNo);
    expect(order).toMatchObject({ state: 'sale', amount_untaxed: 154, origin: `PO-${mark}` });
    expect(order?.commitment_date).toBe('2027-01-31 17:00:00');
    const lines = await rows('sale.order.line', [['order_id', '=', order?.id]], ['product_uom_qty', 'price_unit']);
    expect(lines.map(({ product_uom_qty: quantity, price_unit: price }) => [quantity, price])).toEqual([
      [10, 12.5],
      [4, 7.25],
    ]);
    const { identifiers, lines: shown } = await bench.page(quoteNo, 'it confirmed', ({ timeline }) =>
      timeline.some(({ type }) => type === 'com.platform.order.confirmed.v1'),
    );
    expect(shown.map(({ quantities }) => quantities.ordered)).toEqual(['10', '4']);
    expect(identifiers).toContainEqual(
      expect.objectContaining({ system: 'odoo', type: 'sale.order', value: String(order?.id) }),
    );
  });

  test('what Odoo reserved goes to the warehouse, and what is shipped comes back, with a backorder', async () => {
    const [first] = await pickOrders(quoteNo, 1);
    expect(first?.lines.map(({ sku: of, quantity }) => [of, quantity])).toEqual([
      [sku('a'), '6'],
      [sku('b'), '4'],
    ]);
    const allocated = await bench.page(quoteNo, 'both lines allocated', ({ lines }) =>
      lines.every(({ quantities }) => quantities.allocated !== '0'),
    );
    expect(allocated.lines.map(({ quantities }) => quantities.allocated)).toEqual(['6', '4']);

    const booked = await ship(first as PickOrder, `1Z-${mark}-1`);
    expect(booked).toMatchObject({
      status: 200,
      body: { transfer: { state: 'done' }, backorders: [{ state: 'confirmed' }] },
    });
    const page = await bench.page(quoteNo, 'the backorder', ({ lines }) => lines[0]?.quantities.backordered === '4');
    expect(page.lines.map(({ quantities }) => quantities.shipped)).toEqual(['6', '4']);

    await countMore(sku('a'), 4);
    const told = await pickOrders(quoteNo, 2);
    const rest = told.find(({ deliveryNo }) => deliveryNo !== first?.deliveryNo);
    expect(rest?.lines).toMatchObject([{ sku: sku('a'), quantity: '4' }]);
    expect(await ship(rest as PickOrder, `1Z-${mark}-2`)).toMatchObject({
      ...{ status: 200, body: { transfer: { state: 'done' }, backorders: [] } },
    });
    expect(await orderOf(quoteNo)).toMatchObject({ delivery_status: 'full' });
    await bench.page(quoteNo, 'all of it shipped', ({ step }) => step === 'shipped');
  });

  test('the carrier’s scans are told of what Odoo booked', async () => {
    await scan(`1Z-${mark}-1`, 'I', 'DP');
    await scan(`1Z-${mark}-1`, 'D', 'FS');
    await scan(`1Z-${mark}-2`, 'D', 'FS');
    const page = await bench.page(quoteNo, 'it delivered', ({ lines }) =>
      lines.every(({ quantities }) => quantities.delivered === quantities.ordered),
    );
    expect(page.shipments.map(({ tracking }) => tracking)).toEqual([[`1Z-${mark}-1`], [`1Z-${mark}-2`]]);
    expect(page.step).toBe('delivered');
    expect((await bench.ended('carrier-tracking', `1Z-${mark}-1`, 2)).map(({ status }) => status)).toEqual([
      ...['succeeded', 'succeeded'],
    ]);
  });

  test('what happened is noted once under the order in Odoo, with a link to its page', async () => {
    const id = (await orderOf(quoteNo))?.id ?? 0;
    const [confirmed] = await noted(id, 'confirmed', 1);
    expect(confirmed).toContain('by //connections/odoo');
    expect(confirmed).toContain(`href="https://crossdock.test/orders?env=dev&amp;q=${quoteNo}"`);
    await noted(id, 'line shipped', 3);
    expect(await notesOn(id)).toHaveLength(4);
  });

  test('an order that is cancelled in Odoo is cancelled on its page, and noted', async () => {
    const cancelled = `${mark}-cancelled`;
    await quote('Accepted', { quoteNo: cancelled, changedAt: new Date().toISOString() });
    expect((await bench.ended('crm-quote-to-order', cancelled))[0]).toMatchObject({ status: 'succeeded' });
    const id = (await orderOf(cancelled))?.id ?? 0;
    await call('sale.order', 'action_cancel', { ids: [id] });
    await bench.page(cancelled, 'it cancelled', ({ step }) => step === 'cancelled');
    await noted(id, 'cancelled', 1);
    expect((await bench.ended('odoo-order-status', cancelled)).map(({ status }) => status)).not.toContain('failed');
  });

  test.each([
    ['another total', { total: '153.99' }],
    ['another currency', { currency: 'EUR' }],
  ])('a quote that comes to %s in Odoo stays a quotation there', async (what, change) => {
    const other = `${mark}-${what.replace(' ', '-')}`;
    await quote('Accepted', { quoteNo: other, ...change });
    const [failed] = await bench.ended('crm-quote-to-order', other);
    expect(failed).toMatchObject({ status: 'failed' });
    expect(failed?.spans.map(({ nodeId }) => nodeId)).not.toContain('confirm');
    expect(await orderOf(other)).toMatchObject({ state: 'draft', amount_untaxed: 154 });
    const { exceptions } = await bench.page(other, 'the exception', (page) => page.exceptions.length > 0);
    expect(exceptions).toMatchObject([{ code: 'TOTAL_MISMATCH', isOpen: true }]);
  });

  test('a customer whom Odoo does not have leaves nothing there', async () => {
    const stranger = `${mark}-stranger`;
    await quote('Accepted', { quoteNo: stranger, customerNo: 'nobody' });
    expect((await bench.ended('crm-quote-to-order', stranger))[0]).toMatchObject({
      ...{ status: 'failed', error: { code: 'DATA_ODOO_KEY' } },
    });
    expect(await orderOf(stranger)).toBeUndefined();
  });
});
