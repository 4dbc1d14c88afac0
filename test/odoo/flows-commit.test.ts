import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commit } from '../chaos/harness/partners/commitments.ts';
import { type Fate, fateOf } from '../chaos/harness/partners/fate.ts';
import { type PartnerServers, startPartners } from '../chaos/harness/partners/partner-servers.ts';
import { type FlowBench, rows, startFlowBench } from './flow-bench.ts';
import { call, hasOdoo, made } from './real-odoo.ts';
import { inStock } from './warehouse.ts';

const SEED = 1;
/** What `commit` orders. */
const QUANTITY = 2;
const PRICE = 11;

describe.skipIf(!hasOdoo)('committing orders in Odoo', () => {
  const mark = `commit-${crypto.randomUUID().slice(0, 8)}`;
  let partners: PartnerServers;
  let bench: FlowBench;
  let product: number;

  beforeAll(async () => {
    partners = await startPartners(SEED);
    bench = await startFlowBench();
    const [crmUrl, wmsUrl, tmsUrl, financeUrl] = (['crm', 'wms', 'tms', 'finance'] as const).map(partners.url);
    const path = '/api/v1/environments/dev/variables';
    await bench.runtime.json('PUT', path, { crmUrl, wmsUrl, tmsUrl, financeUrl });
    await bench.deploy('commit-order', 'check-stock-and-credit');
    product = await inStock({ name: mark, default_code: mark }, 100);
  });
  afterAll(async () => {
    await bench?.runtime.stop();
    await partners?.stop();
  });

  /** The number of an order that this will happen to in the other systems. */
  function numberWith(fate: Fate, name: string): string {
    for (let at = 0; ; at++) {
      const order = `${mark}-${name}-${at}`;
      if (fateOf(SEED, order) === fate) return order;
    }
  }
  /** An order that is confirmed in Odoo, for a customer of its own, with what is reserved for it given back. */
  async function confirmed(orderNo: string, { of = product, creditLimit = 0, isReserved = false } = {}) {
    const customer = await made('res.partner', { name: orderNo, ref: orderNo });
    if (creditLimit > 0)
      await call('res.partner', 'write', { ids: [customer], args: { vals: { credit_limit: creditLimit } } });
    const line = { product_id: of, product_uom_qty: QUANTITY, price_unit: PRICE, tax_ids: [[5, 0, 0]] };
    const order_line = [[0, 0, line]];
    const id = await made('sale.order', { partner_id: customer, client_order_ref: orderNo, order_line });
    await call('sale.order', 'action_confirm', { ids: [id] });
    const [delivery] = await rows('stock.picking', [['sale_id', '=', id]], ['state']);
    if (!isReserved) await call('stock.picking', 'do_unreserve', { ids: [delivery?.id ?? 0] });
    return { customer, deliveryId: delivery?.id ?? 0 };
  }
  const reservedIn = async (deliveryId: number) => {
    const moves = await rows('stock.move', [['picking_id', '=', deliveryId]], ['state', 'quantity']);
    return moves.map(({ state, quantity }) => [state, quantity]);
  };
  const isOpen = (code: string) => (one: { code: string; isOpen: boolean }) => one.code === code && one.isOpen;
  const end = async (order: string) => (await bench.ended('commit-order', order))[0];

  test('what is free is reserved, and the order committed everywhere', async () => {
    const order = numberWith('nothing', 'sound');
    const { deliveryId } = await confirmed(order);
    expect(await reservedIn(deliveryId)).toEqual([['confirmed', 0]]);
    await commit(bench.runtime, order);
    expect(await end(order)).toMatchObject({ status: 'succeeded' });
    expect(await reservedIn(deliveryId)).toEqual([['assigned', QUANTITY]]);
    expect(partners.effectsOf(order)).toMatchObject({ released: 'done', booked: 'done', billed: 'done' });
    const page = await bench.page(order, 'it allocated', ({ step }) => step === 'allocated');
    expect(page.lines.map(({ quantities }) => quantities.allocated)).toEqual([String(QUANTITY)]);
    expect(page.isExceptionPending).toBe(false);
  });

  test.each([
    ['booking refused', { status: 'compensated' }, { released: 'undone', booked: 'none', billed: 'none' }],
    ['invoice refused', { status: 'compensated' }, { released: 'undone', booked: 'undone', billed: 'none' }],
  ] as const)('%s: what Odoo reserved is free again, and a person sees it', async (fate, ended, effects) => {
    const order = numberWith(fate, 'refused');
    const { deliveryId } = await confirmed(order);
    await commit(bench.runtime, order);
    expect(await end(order)).toMatchObject(ended);
    expect(await reservedIn(deliveryId)).toEqual([['confirmed', 0]]);
    expect(partners.effectsOf(order)).toMatchObject(effects);
    const page = await bench.page(order, 'the exception', ({ exceptions }) =>
      exceptions.some(isOpen('COMMITMENT_FAILED')),
    );
    expect(page.lines.map(({ quantities }) => quantities.allocated)).toEqual(['0']);
  });

  test('of too little in stock nothing stays reserved, and no other system hears of it', async () => {
    const order = numberWith('nothing', 'short');
    const scarce = await inStock({ name: order, default_code: order }, QUANTITY - 1);
    const { deliveryId } = await confirmed(order, { of: scarce, isReserved: true });
    expect(await reservedIn(deliveryId)).toEqual([['partially_available', QUANTITY - 1]]);
    const { executionId } = await commit(bench.runtime, order);
    expect(await end(order)).toMatchObject({ executionId, status: 'compensated' });
    expect(await reservedIn(deliveryId)).toEqual([['confirmed', 0]]);
    expect(partners.effectsOf(order)).toMatchObject({ released: 'none', booked: 'none', billed: 'none' });
    await bench.page(order, 'the exception', ({ exceptions }) => exceptions.some(isOpen('COMMITMENT_FAILED')));
  });

  test('an order beyond the limit of its customer waits until its hold is lifted', async () => {
    const order = numberWith('nothing', 'held');
    const { deliveryId, customer } = await confirmed(order, { creditLimit: QUANTITY * PRICE - 1 });
    await commit(bench.runtime, order);
    const held = await bench.page(order, 'the hold', ({ holds }) => holds.some(isOpen('CREDIT')));
    expect(held.holds[0]?.reason).toBe('Owes 22 with this order, limit 21');
    expect(await reservedIn(deliveryId)).toEqual([['confirmed', 0]]);
    await call('res.partner', 'write', { ids: [customer], args: { vals: { credit_limit: QUANTITY * PRICE } } });
    await bench.runtime.json('POST', '/api/v1/environments/dev/events', {
      ...{ key: order, type: 'com.platform.hold.released.v1' },
      data: { holdId: 'credit', code: 'CREDIT', reportedBy: 'erp' },
    });
    expect(await end(order)).toMatchObject({ status: 'succeeded' });
    expect(await reservedIn(deliveryId)).toEqual([['assigned', QUANTITY]]);
    const exact = numberWith('nothing', 'exact');
    await confirmed(exact, { creditLimit: QUANTITY * PRICE });
    await commit(bench.runtime, exact);
    expect(await end(exact)).toMatchObject({ status: 'succeeded' });
  });

  test('an order that Odoo has not confirmed ends with nothing done', async () => {
    const order = numberWith('nothing', 'absent');
    await commit(bench.runtime, order);
    expect(await end(order)).toMatchObject({ status: 'failed' });
    expect(partners.effectsOf(order)).toMatchObject({ released: 'none', booked: 'none', billed: 'none' });
  });

  describe('stock and credit are asked for', () => {
    const check = async (customerNo: string, total: string, lines: object[]) => {
      const { status, body } = await bench.send('orders/check', { customerNo, total, lines });
      return { status, ...body };
    };

    test('what is free is what no other order has, and unknown is no', async () => {
      const sku = `${mark}-free`;
      const id = await inStock({ name: sku, default_code: sku }, 5);
      await confirmed(`${mark}-takes`, { of: id, isReserved: true });
      await made('res.partner', { name: sku, ref: sku });
      expect(await check(sku, '10.00', [{ sku, quantity: 3 }])).toMatchObject({
        ...{ status: 200, ok: true, credit: { ok: true } },
        lines: [{ sku, free: 3, enough: true }],
      });
      expect(
        await check(sku, '10.00', [
          { sku, quantity: 2 },
          { sku, quantity: 2 },
        ]),
      ).toMatchObject({
        ...{ ok: false, lines: [{ enough: false }, { enough: false }] },
      });
      expect(await check(sku, '10.00', [{ sku: 'none', quantity: 1 }])).toMatchObject({
        ...{ ok: false, lines: [{ known: false, enough: false }] },
      });
      expect(await check(`${sku}-nobody`, '10.00', [{ sku, quantity: 1 }])).toMatchObject({ status: 404 });
    });

    test('what is ordered, delivered or billed and not paid counts against the limit', async () => {
      const orderNo = `${mark}-limit`;
      const { customer } = await confirmed(orderNo, { creditLimit: 50 });
      const asked = (total: string, of = orderNo) => check(of, total, [{ sku: mark, quantity: 1 }]);
      expect(await asked('28')).toMatchObject({
        ok: true,
        credit: { ok: true, limit: '50', open: '22', afterThisOrder: '50' },
      });
      expect(await asked('28.01')).toMatchObject({ ok: false, credit: { ok: false } });
      await made('res.partner', { name: 'Buyer', ref: `${orderNo}-buyer`, parent_id: customer });
      expect(await asked('28.01', `${orderNo}-buyer`)).toMatchObject({
        ok: false,
        credit: { limit: '50', open: '22' },
      });
    });
  });
});
