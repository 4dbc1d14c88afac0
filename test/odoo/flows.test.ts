import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childrenOf, signal } from '../chaos/harness/processes.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually, type RunningRuntime } from '../fixtures/runtime.ts';
import { type FaultyWay, startFaultyWay } from './faulty-way.ts';
import { connect, startBesideOdoo } from './journey.ts';
import { call, hasOdoo, made } from './real-odoo.ts';
import { inStock } from './warehouse.ts';

/** `ODOO_LONG=1` runs what the gate has no time for. */
const isLong = process.env.ODOO_LONG === '1';
const ORDERS = isLong ? 100 : 20;
const DUPLICATES = isLong ? 5 : 2;
const KILLS = isLong ? 10 : 2;
/** Orders that are answered between two kills. */
const BETWEEN_KILLS = Math.floor((0.9 * ORDERS) / KILLS);
const SENDERS = 4;

interface Row {
  readonly id: number;
  readonly [field: string]: unknown;
}

describe.skipIf(!hasOdoo)('flows against Odoo', () => {
  const mark = `flow-${crypto.randomUUID().slice(0, 8)}`;
  const sku = (which: string) => `${mark}-${which}`;
  let way: FaultyWay;
  let runtime: RunningRuntime;

  beforeAll(async () => {
    way = await startFaultyWay();
    runtime = await startBesideOdoo(way.url);
    await connect(runtime, { env: 'test', url: way.url, apiKey: '0123456789abcdef0123456789abcdef01234567' });
    for (const name of ['shop-order-to-odoo', 'shipment-to-odoo', 'cancel-odoo-order']) {
      const flow = JSON.parse(await readFile(new URL(`../../flows/${name}/flow.json`, import.meta.url), 'utf8'));
      await deployFlow(runtime, flow);
      if (name === 'shop-order-to-odoo') await deployFlow(runtime, flow, 'test');
    }
    await made('res.partner', { name: mark, ref: mark });
    await made('product.product', { name: sku('a'), default_code: sku('a'), type: 'consu' });
    await inStock({ name: sku('b'), default_code: sku('b') }, 1000);
  });
  afterAll(async () => {
    await runtime.stop();
    await way.close();
  });

  const post = async (path: string, body: object, env = 'dev') => {
    const answer = await fetch(`${runtime.url}/hooks/${env}/${path}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      signal: AbortSignal.timeout(180_000),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const order = (no: string, quantity = 5, product = 'b') => ({
    ...{ orderNo: `${mark}-${no}`, customerNo: mark },
    lines: [
      { no: 1, sku: sku(product), quantity, price: 11 },
      { no: 2, sku: sku('a'), quantity: 1, price: 7.25 },
    ],
  });
  const send = (body: object, env?: string) => post('shop/odoo-orders', body, env);
  const rows = (model: string, domain: unknown[], fields: string[]) =>
    call<Row[]>(model, 'search_read', { args: { domain, fields, load: null } });
  const ordersNamed = (no: string) =>
    rows(
      'sale.order',
      [['client_order_ref', '=like', `${mark}-${no}`]],
      ['client_order_ref', 'state', 'amount_untaxed'],
    );
  const failureOf = async (executionId: unknown) =>
    runtime.json<{ status: string; error: { code: string }; spans: { nodeId: string }[] }>(
      'GET',
      `/api/v1/executions/${executionId}`,
    );

  test('an order is shipped in part, then more than is left of it, and another is cancelled', async () => {
    const { status, body } = await send(order('shipped'));
    expect([status, body.state]).toEqual([200, 'sale']);
    const ship = async (picking: Row | undefined, shipped: number) => {
      const [move] = await rows(
        'stock.move',
        [
          ['picking_id', '=', picking?.id],
          ['product_id.default_code', '=', sku('b')],
        ],
        [],
      );
      const lines = [{ moveId: move?.id, shipped }];
      return post('warehouse/shipments', { orderNo: `${mark}-shipped`, deliveryNo: picking?.name, lines });
    };
    const open = async () =>
      (
        await rows(
          'stock.picking',
          [
            ['sale_id', '=', body.id],
            ['state', '=', 'assigned'],
          ],
          ['name'],
        )
      )[0];
    expect(await ship(await open(), 2)).toMatchObject({
      status: 200,
      body: { transfer: { state: 'done' }, backorders: [{}] },
    });
    expect(await ship(await open(), 4)).toMatchObject({ status: 200, body: { transfer: { state: 'done' } } });
    const lines = await rows(
      'sale.order.line',
      [
        ['order_id', '=', body.id],
        ['product_id.default_code', '=', sku('b')],
      ],
      ['qty_delivered'],
    );
    expect(lines[0]?.qty_delivered).toBe(6);
    expect((await post('warehouse/shipments', { orderNo: 'none', deliveryNo: 'none', lines: [] })).status).toBe(404);

    await send(order('cancelled'));
    const cancelled = await post('orders/cancel', { orderNo: `${mark}-cancelled` });
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancel' } });
    expect((await post('orders/cancel', { orderNo: `${mark}-cancelled` })).status).toBe(404);
  });

  test('an answer that is lost and a trouble of the server end well: one order', async () => {
    way.next('sale.order/load', 'answer-lost');
    expect((await send(order('lost'))).status).toBe(200);
    way.next('sale.order/action_confirm', 'answer-lost');
    expect((await send(order('confirmed'))).status).toBe(200);
    way.next('sale.order/load', { status: 500, body: { name: 'psycopg2.OperationalError', message: 'gone' } });
    expect((await send(order('trouble'))).status).toBe(200);
    for (const no of ['lost', 'confirmed', 'trouble']) expect(await ordersNamed(no)).toMatchObject([{ state: 'sale' }]);
  });

  test('a dialog and a key that has ended are failures that nothing repeats', async () => {
    const before = way.calls('sale.order/action_confirm');
    const dialog = { type: 'ir.actions.act_window', name: 'Credit limit', res_model: 'sale.order.credit' };
    way.next('sale.order/action_confirm', { status: 200, body: dialog });
    const asked = await send(order('asked'));
    expect(asked.status).toBeGreaterThanOrEqual(400);
    expect(await failureOf(asked.body.executionId)).toMatchObject({
      ...{ status: 'failed', error: { code: 'REMOTE_ODOO_DIALOG' } },
    });
    expect(way.calls('sale.order/action_confirm') - before).toBe(1);
    expect(await ordersNamed('asked')).toMatchObject([{ state: 'draft' }]);
    const refused = await send(order('refused'), 'test');
    const failed = await failureOf(refused.body.executionId);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'CONFIG_CREDENTIALS_REFUSED' } });
    expect(failed.spans.filter(({ nodeId }) => nodeId === 'write')).toHaveLength(1);
  });

  test(`${ORDERS} orders, ${DUPLICATES} of them twice, shuffled, the worker killed ${KILLS} times: each is there once, lines and totals right`, async () => {
    const orders = Array.from({ length: ORDERS }, (_, at) => order(`many-${at}`, (at % 9) + 1, 'a'));
    const sent = shuffled([...orders, ...orders.slice(0, DUPLICATES)]);
    let answered = 0;
    const senders = Array.from({ length: SENDERS }, async () => {
      for (let one = sent.pop(); one; one = sent.pop()) {
        const { status, body } = await send(one);
        expect([status, body.state ?? body]).toEqual([200, 'sale']);
        answered++;
      }
    });
    const killing = (async () => {
      for (let kill = 1; kill <= KILLS; kill++) {
        await eventually('more orders', 120_000, async () => answered >= kill * BETWEEN_KILLS);
        await sleep(200 * Math.random());
        for (const worker of workersOf(runtime.pid)) signal(worker, 'SIGKILL');
      }
    })();
    await Promise.all([...senders, killing]);
    const found = await ordersNamed('many-%');
    expect(found.map(({ client_order_ref: ref }) => ref).sort()).toEqual(orders.map(({ orderNo }) => orderNo).sort());
    const quantities = new Map(orders.map(({ orderNo, lines }) => [orderNo, lines[0]?.quantity ?? 0]));
    const lines = await rows(
      'sale.order.line',
      [['order_id', 'in', found.map(({ id }) => id)]],
      ['order_id', 'product_uom_qty', 'price_unit'],
    );
    for (const { id, client_order_ref: ref, state, amount_untaxed: total } of found) {
      const quantity = quantities.get(String(ref)) ?? 0;
      const own = lines
        .filter(({ order_id }) => order_id === id)
        .map((line) => [line.product_uom_qty, line.price_unit]);
      expect([ref, state, total, own.sort((a, b) => Number(b[1]) - Number(a[1]))]).toEqual([
        ...[ref, 'sale', quantity * 11 + 7.25],
        [
          [quantity, 11],
          [1, 7.25],
        ],
      ]);
    }
  });
});

const workersOf = (pid: number): number[] =>
  childrenOf(pid).filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').startsWith('crossdock worker'));

function shuffled<T>(items: T[]): T[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [items[at], items[other]] = [items[other] as T, items[at] as T];
  }
  return items;
}
