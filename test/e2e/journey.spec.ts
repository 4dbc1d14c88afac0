import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { type FakeOdoo, startFakeOdoo } from '../fixtures/fake-odoo.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook } from '../fixtures/shop.ts';

const FLOWS = [
  ...['crm-quote-to-order', 'odoo-delivery-to-wms', 'warehouse-progress'],
  ...['shipment-to-odoo', 'carrier-tracking', 'invoice-to-finance'],
];
const CRM_SECRET = `whsec_${Buffer.from('the secret of the CRM, 32 bytes.').toString('base64')}`;
const WMS_SECRET = 'the secret of the warehouse';
const UPS_KEY = 'the key of the carrier';
const WAIT = { timeout: 60_000 };

test.describe.configure({ timeout: 300_000 });
let runtime: RunningRuntime;
let odoo: FakeOdoo;
/** Warehouse and finance: they take what they are sent. */
let others: TestServer;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  runtime = await startRuntime({ env: { CROSSDOCK_EGRESS_ALLOW: '127.0.0.1' } });
  odoo = await startFakeOdoo();
  odoo.put('res.partner', { id: 119, ref: 'C-100', name: 'Acme Ltd' });
  odoo.put('product.product', { id: 501, default_code: 'A-100' });
  odoo.put('product.product', { id: 502, default_code: 'B-200' });
  odoo.put('uom.uom', { id: 1, name: 'Units' });
  odoo.put('res.currency', { id: 125, name: 'EUR' });
  others = await startTestServer(({ url }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(url === '/Invoices' ? { Invoices: [{ InvoiceID: '7d3c', Total: '183.26' }] } : {}));
  });
  const settings = { url: odoo.url, database: 'prod', companies: [1], callsPerSecond: 1000, callsAtOnce: 20 };
  await connect('odoo', 'odoo', settings, { apiKey: 'key-1' });
  for (const name of ['wms', 'finance']) await connect(name, 'http', { baseUrl: others.url }, undefined);
  await connect('crm-hook', 'hook-secret', {}, { secret: CRM_SECRET });
  await connect('wms-hook', 'hook-secret', {}, { secret: WMS_SECRET });
  await connect('ups-hook', 'hook-secret', {}, { secret: UPS_KEY });
  for (const name of FLOWS) {
    const text = await readFile(new URL(`../../flows/${name}/flow.json`, import.meta.url), 'utf8');
    await deployFlow(runtime, JSON.parse(text.replaceAll('"intervalMs": 30000', '"intervalMs": 1000')));
  }
  // What is there at the first look starts nothing.
  await eventually('Odoo is looked at by both flows', 60_000, async () => {
    const metrics = await (await fetch(`${runtime.url}/metrics`)).text();
    return ['odoo-delivery-to-wms', 'invoice-to-finance'].every((flow) =>
      metrics.split('\n').some((line) => line.startsWith('crossdock_polls_total') && line.includes(`"${flow}"`)),
    );
  });
});
test.afterAll(async () => {
  await runtime.stop();
  await odoo.close();
  await others.close();
});

const connect = (name: string, type: string, settings: object, credentials: object | undefined) =>
  runtime.json('POST', '/api/v1/connections', {
    ...{ env: 'dev', name, type, settings },
    ...(credentials === undefined ? {} : { credentials }),
  });

/** Sends to a hook as a system does; a deployed flow is heard of within a second. */
async function send(path: string, content: object, prove: (body: string) => Record<string, string>): Promise<unknown> {
  const body = JSON.stringify(content);
  const headers = () => ({ 'content-type': 'application/json', ...prove(body) });
  return eventually(`the hook ${path} takes it`, 60_000, async () => {
    const answer = await postHook(runtime, path, body, headers());
    return answer.ok ? answer.json() : undefined;
  });
}

const now = () => new Date().toISOString();

function quote(status: string): Promise<unknown> {
  const content = {
    ...{ quoteNo: 'Q-1001', status, changedAt: now(), customerNo: 'C-100', customerName: 'Acme Ltd' },
    ...{ customerOrderNo: 'PO-4500012345', currency: 'EUR', total: '154.00', requestedBy: '2027-01-31T17:00:00Z' },
    lines: [
      { no: 1, sku: 'A-100', quantity: 10, uom: 'Units', price: '12.50' },
      { no: 2, sku: 'B-200', quantity: 4, uom: 'Units', price: '7.25' },
    ],
  };
  return send('crm/quotes', content, (body) => {
    const [id, at] = [`msg_${status}`, String(Math.floor(Date.now() / 1000))];
    const key = Buffer.from(CRM_SECRET.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
  });
}

interface PickOrder {
  readonly deliveryNo: string;
  readonly lines: readonly { readonly moveId: number; readonly quantity: string }[];
}

/** What the warehouse was told to pick, once it was told so many deliveries. */
const pickOrder = (count: number): Promise<PickOrder> =>
  eventually('the warehouse is told', 60_000, async () => {
    const told = others.requests.filter(({ url }) => url === '/orders');
    return told.length >= count && JSON.parse(told[count - 1]?.body ?? '');
  });

const packed = (order: PickOrder) =>
  send('warehouse/orders', { webhook_type: 'Order Packed Out', at: now(), ...order }, (body) => ({
    'x-shiphero-hmac-sha256': createHmac('sha256', WMS_SECRET).update(body).digest('base64'),
  }));

const shipped = (deliveryNo: string, trackingNo: string, lines: object[]) =>
  send(
    'warehouse/shipments',
    {
      orderNo: 'Q-1001',
      deliveryNo,
      shipmentNo: `S-${deliveryNo}`,
      shippedAt: now(),
      carrier: 'UPS',
      trackingNo,
      lines,
    },
    () => ({}),
  );

function scanned(trackingNumber: string, type: string, code: string): Promise<unknown> {
  const [day = '', time = ''] = now().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
  const content = {
    ...{ trackingNumber, gmtActivityDate: day, gmtActivityTime: time },
    ...{ activityStatus: { type, code }, activityLocation: { city: 'Hamburg' } },
  };
  return send('carriers/ups', content, () => ({ credential: UPS_KEY }));
}

function invoiceInOdoo(): void {
  const line = { display_type: 'product', move_id: 12, product_uom_id: 1 };
  const first = {
    id: 201,
    sale_line_ids: [77],
    name: 'Widget',
    quantity: 10,
    price_unit: 12.5,
    price_subtotal: 125,
    price_total: 148.75,
  };
  const second = {
    id: 202,
    sale_line_ids: [78],
    name: 'Bracket',
    quantity: 4,
    price_unit: 7.25,
    price_subtotal: 29,
    price_total: 34.51,
  };
  for (const one of [first, second]) odoo.put('account.move.line', { ...line, ...one });
  odoo.put('account.move', {
    ...{ id: 12, name: 'INV/2026/00012', move_type: 'out_invoice', state: 'posted', line_ids: [201, 202] },
    ...{ invoice_date: '2026-11-25', invoice_date_due: '2026-12-25' },
    ...{ amount_total: 183.26, currency_id: 125, partner_id: 119 },
  });
}

/** The page of the order, which follows by itself. */
class OrderPage {
  readonly timeline: Locator;
  readonly goods: Locator;
  readonly lines: Locator;
  /** The first one says so where something is pending, else the stage. */
  readonly #badge: Locator;
  constructor(page: Page) {
    this.#badge = page.locator('header').filter({ hasText: 'Order key' }).locator('[data-tone]').first();
    this.timeline = page.getByRole('region', { name: 'Timeline' });
    this.goods = page.getByRole('list', { name: 'Goods' });
    this.lines = page.getByRole('table', { name: 'Lines' });
  }

  /** Stands at this stage after so many events, of which these are among the newest. */
  async stands(stage: string, events: number, ...newest: string[]): Promise<void> {
    await expect(this.timeline.getByRole('listitem')).toHaveCount(events, WAIT);
    await expect(this.#badge).toHaveText(stage, WAIT);
    for (const text of newest) await expect(this.timeline).toContainText(text);
  }
}

test('one order from the quote to the delivery of its backorder, its page right after each step', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await quote('Presented');
  await page.goto(`${runtime.url}/orders?env=dev`);
  await page
    .getByRole('table', { name: 'Orders' })
    .getByRole('link', { name: /Quoted/ })
    .click(WAIT);
  const order = new OrderPage(page);
  await order.stands('Quoted', 1, 'Quote made');

  const go = odoo.hold('load');
  await quote('Accepted');
  await order.stands('Received', 3, 'Quote accepted', 'Order received');
  go();
  await order.stands('Validated', 7, 'Order validated', 'Order confirmed', 'Q-1001/2 = odoo · Order line 78');

  odoo.reserve(64);
  const first = await pickOrder(1);
  await order.stands('Allocated', 10, 'Shipment set up', 'Allocated 10 Units', 'Allocated 4 Units');
  await packed(first);
  await order.stands('Picked', 14, 'Picked 10 Units', 'line 2 · odoo · Transfer 64');

  const [a, b] = first.lines.map(({ moveId }) => moveId);
  const booked = await shipped(first.deliveryNo, '1Z1', [
    { moveId: a, shipped: 6 },
    { moveId: b, shipped: 4 },
  ]);
  expect(booked).toMatchObject({ transfer: { state: 'done' }, backorders: [{ id: 65, state: 'confirmed' }] });
  await order.stands('Validated', 19, 'Shipped 6 Units', 'Shipped 4 Units', 'Backordered 4 Units', 'Read whole');
  await expect(order.goods.getByText('10/14 Units')).toHaveCount(3);
  await expect(order.lines.getByRole('columnheader', { name: 'Backordered' })).toBeVisible();
  await scanned('1Z1', 'I', 'DP');
  await order.stands('Validated', 20, 'Carrier scan');

  odoo.reserve(65);
  const rest = await pickOrder(2);
  await order.stands('Allocated', 22, 'Allocated 4 Units');
  await expect(order.lines.getByRole('columnheader', { name: 'Backordered' })).toBeHidden();
  await packed(rest);
  await order.stands('Picked', 24, 'Packed 4 Units');
  await shipped(rest.deliveryNo, '1Z2', [{ moveId: rest.lines[0]?.moveId, shipped: 4 }]);
  await order.stands('Shipped', 27);

  invoiceInOdoo();
  await order.stands('Invoiced', 30, 'Invoice posted', 'Invoiced 10 Units');
  expect(others.requests.filter(({ url }) => url === '/Invoices')).toHaveLength(1);

  await scanned('1Z1', 'D', 'FS');
  await order.stands('Invoiced', 33, 'Delivered 6 Units');
  await scanned('1Z2', 'D', 'FS');
  await order.stands('Delivered', 35, 'Delivered 4 Units');
  await expect(page.getByRole('region', { name: 'Open issues' })).toBeHidden();
  expect(complaints).toEqual([]);
});
