import fc from 'fast-check';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { FACT_KINDS, type FactKind, type LineFact } from '../events/catalogue/lines.ts';
import { event, fact, line, ORDER, received } from './order-story.ts';

const minute = fc.integer({ min: 0, max: 50 });
const factKey = fc.constantFrom('shp_1', 'shp_2', 'odoo:p::7', 'wms:s::3', 'inv_1', 'rma_1');
const components = [
  { lineKey: `${ORDER}/3/a`, item: { sku: 'A' }, ratio: '2' },
  { lineKey: `${ORDER}/3/b`, item: { sku: 'B' }, ratio: '3' },
];
const lines = [line(1, '100'), line(2, '2', { requiresFulfilment: false }), line(3, '10', { components })];
const lineKey = fc.constantFrom(
  ...lines.map((one) => one.lineKey),
  ...components.map((one) => one.lineKey),
  `${ORDER}/9`,
);

export const aFact = fc
  .record({
    kind: fc.constantFrom(...FACT_KINDS),
    minute,
    factKey,
    value: fc.constantFrom('1', '2.5', '60', '100'),
    lineKey,
    rev: fc.integer({ min: 0, max: 2 }),
    reportedBy: fc.constantFrom('wms', 'erp', 'carrier', 'person'),
    path: fc.constantFrom('stock', 'crossdock', 'dropship'),
    item: fc.constantFrom({ sku: 'SKU-1' }, { sku: 'B' }),
  })
  .map(({ kind, minute: at, factKey: key, value, ...more }) => fact(kind, at, key, value, more as object));

const shipmentKey = fc.constantFrom('shp_1', 'shp_2', 'odoo:p::7');
const link = fc.tuple(factKey, factKey).filter(([a, b]) => a !== b);
const rev = fc.integer({ min: 0, max: 3 });
const hold = { holdId: 'h', code: 'CREDIT' } as const;
export const control: fc.Arbitrary<OrderEvent> = fc.oneof(
  minute.map((at) => received(lines, at)),
  fc
    .tuple(minute, rev)
    .map(([at, n]) => event('order.amended', at, { orderKey: ORDER, rev: n, lines: [line(1, `${40 + n}`)] })),
  minute.map((at) => event('order.validated', at, { orderKey: ORDER })),
  minute.map((at) => event('order.rejected', at, { orderKey: ORDER })),
  minute.map((at) => event('order.cancelled', at, { orderKey: ORDER })),
  minute.map((at) => event('hold.placed', at, hold)),
  minute.map((at) => event('hold.released', at, hold)),
  fc.tuple(minute, link, rev).map(([at, keys, n]) => event('xref.linked', at, { entity: 'shipment', keys, rev: n })),
  fc.tuple(minute, link, rev).map(([at, keys, n]) => event('xref.unlinked', at, { entity: 'shipment', keys, rev: n })),
  fc.tuple(minute, shipmentKey).map(([at, key]) => event('shipment.voided', at, { shipmentKey: key })),
  fc
    .tuple(minute, shipmentKey)
    .map(([at, key]) => event('shipment.tracking', at, { shipmentKey: key, status: 'in_transit' })),
  fc.tuple(minute, rev, fc.array(aFact, { minLength: 1, maxLength: 4 })).map(([at, n, facts]) => {
    const stated = facts.map(({ type, data }) => ({ ...(data as LineFact), kind: type.split('.').at(-2) as FactKind }));
    const data = { document: { type: 'picking', key: 'p' }, rev: n, facts: stated };
    return event('snapshot.observed', at, data, `snapshot:${at}:${n}:${stated.length}`);
  }),
  minute.map((at) => event('invoice.posted', at, { invoiceKey: 'inv_1' })),
  minute.map((at) => event('invoice.reversed', at, { invoiceKey: 'inv_1', rev: 1 })),
  minute.map((at) => event('return.authorized', at, { returnKey: 'rma_1' })),
  fc
    .tuple(minute, fc.constantFrom('raised', 'cleared'), rev)
    .map(([at, name, n]) => event(`exception.${name}`, at, { exceptionId: 'x', code: 'REFUSED', rev: n })),
  minute.map((at) => event('exception.assigned', at, { exceptionId: 'x', code: 'REFUSED', assignee: `Ivy ${at}` })),
  minute.map((at) =>
    event('exception.commented', at, { exceptionId: 'x', code: 'REFUSED', by: 'Ivy', text: `At ${at}` }),
  ),
  fc
    .tuple(minute, fc.constantFrom('sent', 'acknowledged', 'rejected', 'interchange.received'))
    .map(([at, name]) => event(`edi.${name}`, at, { partner: 'WMS', control: '1', document: '940' })),
  minute.map((at) => event('quote.created', at, { quoteKey: 'quo_1' })),
  minute.map((at) => event('quote.lost', at, { quoteKey: 'quo_1' })),
);

/** An order's events, and the same shuffled with about 40 % of them coming twice, stored anew. */
export const told = fc.array(fc.oneof({ weight: 2, arbitrary: aFact }, control), { maxLength: 25 }).chain((events) => {
  const twice = fc
    .subarray(events, { maxLength: Math.ceil(events.length * 0.4) })
    .map((again) => again.map((one) => ({ ...one, recordedtime: '2026-11-24T00:00:00Z' })));
  const shuffled = twice.chain((again) =>
    fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
  );
  return fc.record({ events: fc.constant(events), shuffled });
});
