import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../fixtures/runtime.ts';
import { type Bookkeeping, startBookkeeping } from './bookkeeping.ts';
import { type FlowBench, PATIENCE, type Row, rows, startFlowBench } from './flow-bench.ts';
import { call, hasOdoo, made } from './real-odoo.ts';
import { inStock } from './warehouse.ts';

const PRICE = 12.5;
const TAX_PERCENT = 19;

describe.skipIf(!hasOdoo)('invoices from Odoo to finance', () => {
  const mark = `bill-${crypto.randomUUID().slice(0, 8)}`;
  let bench: FlowBench;
  let finance: Bookkeeping;
  let tax: number;
  let customer: number;
  /** By the invoicing policy: `delivery` bills what is delivered, `order` all of it at once. */
  const products: Record<string, number> = {};

  beforeAll(async () => {
    finance = await startBookkeeping();
    bench = await startFlowBench();
    await bench.connect('finance', 'http', { baseUrl: finance.url });
    await bench.deploy('invoice-odoo-deliveries', 'invoice-to-finance', 'shipment-to-odoo');
    customer = await made('res.partner', { name: mark, ref: mark });
    tax = await made('account.tax', { name: mark, amount: TAX_PERCENT, type_tax_use: 'sale', company_id: 1 });
    for (const policy of ['delivery', 'order'])
      products[policy] = await inStock(
        { name: policy, default_code: `${mark}-${policy}`, invoice_policy: policy, taxes_id: [[6, 0, [tax]]] },
        1000,
      );
  });
  afterAll(async () => {
    await bench?.runtime.stop();
    await finance?.close();
  });

  async function confirmed(orderNo: string, policy: string, quantity: number): Promise<number> {
    const line = { product_id: products[policy], product_uom_qty: quantity, price_unit: PRICE };
    const values = { partner_id: customer, client_order_ref: orderNo, order_line: [[0, 0, line]] };
    const id = await made('sale.order', values);
    await call('sale.order', 'action_confirm', { ids: [id] });
    const lineKeys = (await rows('sale.order.line', [['order_id', '=', id]], [])).map(
      ({ id: lineId }) => `odoo:sale.order.line::${lineId}`,
    );
    await bench.runtime.json('POST', '/api/v1/environments/dev/events', {
      ...{ key: orderNo, type: 'com.platform.order.received.v1' },
      data: {
        orderKey: orderNo,
        lines: lineKeys.map((lineKey) => ({ lineKey, qty: { value: String(quantity), uom: 'Units' } })),
        reportedBy: 'channel',
      },
    });
    return id;
  }
  /** Ships so much of what is open of an order; gives the name of the delivery. */
  async function ship(orderNo: string, quantity: number): Promise<string> {
    const domain = [
      ['sale_id.client_order_ref', '=', orderNo],
      ['state', '=', 'assigned'],
    ];
    const [delivery] = await rows('stock.picking', domain, ['name', 'move_ids']);
    const lines = ((delivery?.move_ids ?? []) as number[]).map((moveId) => ({ moveId, shipped: quantity }));
    const answer = await bench.send('warehouse/shipments', { orderNo, deliveryNo: delivery?.name, lines });
    expect(answer).toMatchObject({ status: 200, body: { transfer: { state: 'done' } } });
    return String(delivery?.name);
  }
  /** How the invoicing of a delivery ended. */
  const invoiced = async (delivery: string) =>
    (await bench.ended('invoice-odoo-deliveries', delivery)).map(({ status }) => status);
  const invoicesOf = (orderNo: string): Promise<Row[]> =>
    rows(
      'account.move',
      [['line_ids.sale_line_ids.order_id.client_order_ref', '=', orderNo]],
      ['name', 'state', 'move_type', 'amount_untaxed', 'amount_total'],
    );
  const billed = (orderNo: string, count: number) =>
    eventually(`finance has ${count} of ${orderNo}`, PATIENCE, async () => {
      const found = finance.bills.filter(({ Reference: reference }) => reference === orderNo);
      return found.length >= count && found;
    });
  const financeIdOf = (invoiceId: number) =>
    bench.linked('invoice', { system: 'odoo', id: String(invoiceId) }, 'finance');
  const total = (quantity: number) => Math.round(quantity * PRICE * (100 + TAX_PERCENT)) / 100;

  test('each delivery is invoiced by itself, told, posted to finance with its tax, and linked', async () => {
    const orderNo = `${mark}-parts`;
    await confirmed(orderNo, 'delivery', 5);
    expect(await invoiced(await ship(orderNo, 2))).toEqual(['succeeded']);
    await billed(orderNo, 1);
    expect(await invoiced(await ship(orderNo, 3))).toEqual(['succeeded']);
    const bills = await billed(orderNo, 2);
    const invoices = await invoicesOf(orderNo);
    const posted = { state: 'posted', move_type: 'out_invoice' };
    expect(invoices).toMatchObject([
      { ...posted, amount_untaxed: 2 * PRICE, amount_total: total(2) },
      { ...posted, amount_untaxed: 3 * PRICE, amount_total: total(3) },
    ]);
    expect(bills).toMatchObject([
      {
        InvoiceNumber: invoices[0]?.name,
        CurrencyCode: 'USD',
        LineItems: [{ Quantity: 2, LineAmount: 25, TaxAmount: 4.75 }],
      },
      { InvoiceNumber: invoices[1]?.name, Contact: { ContactNumber: mark, Name: mark }, LineItems: [{ Quantity: 3 }] },
    ]);
    for (const { id, name } of invoices) {
      expect(await bench.ended('invoice-to-finance', String(name))).toMatchObject([{ status: 'succeeded' }]);
      expect(await financeIdOf(id)).toBe(`X-${name}`);
    }
    const page = await bench.page(orderNo, 'it invoiced', ({ lines }) => lines[0]?.quantities.invoiced === '5');
    expect(page.invoices.map(({ number }) => number).sort()).toEqual(invoices.map(({ name }) => name).sort());
  });

  test('what is billed as ordered is invoiced once, and its backorder troubles nobody', async () => {
    const orderNo = `${mark}-ordered`;
    const id = await confirmed(orderNo, 'order', 5);
    expect(await invoiced(await ship(orderNo, 2))).toEqual(['succeeded']);
    expect(await invoiced(await ship(orderNo, 3))).toEqual(['succeeded']);
    expect(await invoicesOf(orderNo)).toMatchObject([{ state: 'posted', amount_total: total(5) }]);
    expect(await rows('sale.order', [['id', '=', id]], ['invoice_status'])).toMatchObject([
      { invoice_status: 'invoiced' },
    ]);
  });

  test('a total that differs in finance is for a person to see', async () => {
    const orderNo = `${mark}-differs`;
    await confirmed(orderNo, 'delivery', 1);
    finance.miscount(1);
    await ship(orderNo, 1);
    await billed(orderNo, 1);
    const [invoice] = await invoicesOf(orderNo);
    expect(await bench.ended('invoice-to-finance', String(invoice?.name))).toMatchObject([{ status: 'failed' }]);
    const { exceptions } = await bench.page(orderNo, 'the exception', (page) => page.exceptions.length > 0);
    expect(exceptions).toMatchObject([
      { code: 'TOTAL_MISMATCH', reason: expect.stringContaining('14.88 in Odoo, 14.89 in finance') },
    ]);
    expect(await financeIdOf(invoice?.id ?? 0)).toBeUndefined();
  });
});
