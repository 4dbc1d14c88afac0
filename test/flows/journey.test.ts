import { readFileSync } from 'node:fs';
import { checkEvent, foldOrder, type OrderEvent, type OrderState } from '@crossdock/orders';
import { describe, expect, test } from 'vitest';

interface FlowFile {
  readonly nodes: readonly { readonly id: string; readonly type: string }[];
  readonly tests: readonly {
    readonly name: string;
    readonly receivedAt?: string;
    readonly expect: { readonly path: readonly string[]; readonly calls: Readonly<Record<string, readonly Call[]>> };
  }[];
}

/** The settings of "Emit event" as a test of the flow has them. */
interface Call {
  readonly type: string;
  readonly key: string;
  readonly id?: string;
  readonly source: string;
  readonly time?: string;
  readonly data: unknown;
}

/** The events that a flow emits in one of its tests, which `flows.test.ts` holds it to; what has no time of its own happens when the message comes in. */
function told(flow: string, name: string, receivedAt?: string): OrderEvent[] {
  const file: FlowFile = JSON.parse(readFileSync(new URL(`../../flows/${flow}/flow.json`, import.meta.url), 'utf8'));
  const one = file.tests.find((each) => each.name === name);
  if (!one) throw new Error(`${flow} has no test "${name}"`);
  const emitting = file.nodes.filter(({ id, type }) => type === 'event.emit' && one.expect.path.includes(id));
  return emitting.flatMap(({ id }) =>
    (one.expect.calls[id] ?? []).map((call, at) => ({
      ...{ specversion: '1.0', datacontenttype: 'application/json' },
      ...{ id: call.id ?? `${id}:${at}`, source: call.source, type: call.type, partitionkey: call.key },
      ...{ time: call.time ?? receivedAt ?? one.receivedAt, data: call.data },
    })),
  ) as unknown as OrderEvent[];
}

const units = ({ fulfilment }: OrderState, stage: keyof OrderState['fulfilment']) => fulfilment[stage].units?.done;

const offered = told('crm-quote-to-order', 'an offer is told under the number of the quote');
const accepted = told(
  'crm-quote-to-order',
  'an accepted quote becomes an order, the same in Odoo, and each line is linked with its own there',
  '2026-11-23T09:10:02Z',
);
const steps = {
  quoted: offered,
  ordered: accepted,
  allocated: told('odoo-delivery-to-wms', 'all that is reserved is told and goes to the warehouse'),
  picked: told('warehouse-progress', 'what is packed was picked, too'),
  partlyShipped: told('shipment-to-odoo', 'a partial shipment is booked, with a backorder, and both are told'),
  onTheWay: told('carrier-tracking', 'a scan on the way is told'),
  partlyDelivered: told('carrier-tracking', 'the last scan delivers what Odoo booked in the shipment'),
  restAllocated: told('odoo-delivery-to-wms', 'what came in for a backorder follows under its own delivery'),
  restShipped: told('shipment-to-odoo', 'the rest is shipped under its own delivery'),
  invoiced: told('invoice-to-finance', 'what is invoiced is told, and the invoice is posted to finance'),
  delivered: told('carrier-tracking', 'the rest arrives in its own shipment'),
  authorised: told('return-to-odoo', 'a return is made in Odoo, linked, told and answered'),
  returned: told('return-received', 'all that was authorised is back: the return ends'),
};

/** The order after this step and all before it. */
function after(step: keyof typeof steps): OrderState {
  const names = Object.keys(steps) as (keyof typeof steps)[];
  return foldOrder(names.slice(0, names.indexOf(step) + 1).flatMap((name) => steps[name]));
}

describe('what the flows tell of one order', () => {
  test('are events of the catalogue, all under one key', () => {
    const all = Object.values(steps).flat();
    for (const event of all) expect(() => checkEvent(event)).not.toThrow();
    expect(new Set(all.map(({ partitionkey }) => partitionkey))).toEqual(new Set(['Q-1001']));
    expect(new Set(all.map(({ source, id }) => `${source} ${id}`)).size).toBe(all.length);
  });

  test('takes it from the quote to the delivery of the backorder, and back', () => {
    expect(after('quoted')).toMatchObject({ lifecycle: 'quoted', headline: 'quoted' });
    expect(foldOrder([...offered, ...accepted.slice(0, 2)])).toMatchObject({ lifecycle: 'open', stage: 'received' });
    expect(after('ordered')).toMatchObject({
      ...{ stage: 'validated', quotes: [{ key: 'Q-1001', status: 'accepted' }] },
      head: { customerOrderNo: 'PO-4500012345', promised: { to: '2026-11-30T17:00:00Z' } },
    });
    expect(after('allocated')).toMatchObject({ stage: 'allocated' });
    expect(after('picked')).toMatchObject({ stage: 'picked' });

    const partly = after('partlyShipped');
    expect([units(partly, 'allocated'), units(partly, 'picked'), units(partly, 'shipped')]).toEqual(['10', '10', '10']);
    expect(partly.fulfilment.shipped).toMatchObject({ state: 'partial', lines: { done: 1, due: 2 } });
    expect(partly.lines[0]?.quantities).toMatchObject({ ordered: '10', shipped: '6', backordered: '4' });
    expect(after('onTheWay').shipments).toMatchObject([{ firstScanAt: '2026-11-23T19:15:19Z' }]);
    expect(units(after('partlyDelivered'), 'delivered')).toBe('10');

    expect(after('restAllocated')).toMatchObject({
      stage: 'allocated',
      lines: [{ quantities: { backordered: '0' } }, {}],
    });
    expect(after('restShipped')).toMatchObject({ stage: 'shipped' });
    expect(after('invoiced')).toMatchObject({ stage: 'invoiced', invoices: [{ number: 'INV/2026/00012' }] });
    expect(after('delivered')).toMatchObject({ stage: 'delivered', headline: 'delivered', conditions: [] });

    expect(after('authorised').returns).toMatchObject([{ status: 'authorized' }]);
    const last = after('returned');
    expect(last).toMatchObject({ stage: 'delivered', returns: [{ status: 'closed' }], conditions: [] });
    expect(last.lines[0]?.quantities).toMatchObject({ delivered: '10', returned: '2', net: '8' });
  });

  test('knows an order of the shop: who ordered what, that Odoo took it, and what became of a change', () => {
    const shop = told('shop-order-to-odoo', 'an order is written, confirmed and noted', '2026-11-23T09:00:02Z');
    for (const event of shop) expect(() => checkEvent(event)).not.toThrow();
    expect(foldOrder(shop)).toMatchObject({
      ...{ orderKey: 'EXT-1001', lifecycle: 'open', stage: 'validated', conditions: [] },
      head: { channel: 'shop', customerOrderNo: 'PO-77', total: { amount: '62' }, parties: [{ role: 'buyer' }] },
      lines: [{ quantities: { ordered: '5' } }, { quantities: { ordered: '1' } }],
    });
    const bare = told(
      'shop-order-to-odoo',
      'what the shop leaves out is left out: no price without a currency, and the unit is that of the product',
      '2026-11-23T09:00:02Z',
    );
    for (const event of bare) expect(() => checkEvent(event)).not.toThrow();
    const changed = told(
      'shop-order-to-odoo',
      'a change of the shop is told as one, at its time',
      '2026-11-23T10:30:02Z',
    );
    const [line] = foldOrder([...shop, ...changed.filter(({ type }) => type.endsWith('order.received.v1'))]).lines;
    expect(line?.quantities.ordered).toBe('4');
  });
});
