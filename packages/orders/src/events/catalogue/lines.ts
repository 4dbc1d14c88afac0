import Type, { type Static } from 'typebox';
import { defineEvent } from '../define-event.ts';
import { factor, item, maybe, moment, oneOf, path, quantity, record, statement, text } from '../schema-parts.ts';

const fact = {
  lineKey: text('Our stable key of the line, or of a component of a kit.'),
  factKey: text('Names the physical fact: the shipment, the reservation, the invoice. Links join keys of one fact.'),
  qty: quantity,
  item: maybe(item),
  substitutesLineKey: maybe(text('The ordered line that this line of the source fulfils.')),
  ratio: maybe(Type.String({ ...factor, description: 'One of the item counts so many of the ordered one.' })),
  location: maybe(text()),
  path: maybe(path),
  package: maybe(record({ sscc: maybe(text()), tracking: maybe(text()), scac: maybe(text()) })),
  promised: maybe(moment('When the quantity is promised for now.')),
  reason: maybe(text('Code or words, such as SHORT.')),
  ...statement,
} as const;

export const lineFact = Type.Object(fact, { title: 'Line fact', additionalProperties: false });
export type LineFact = Static<typeof lineFact>;

const example = { lineKey: 'ord_01JD8/1', qty: { value: '120', uom: 'EA' } } as const;

const define = <const Name extends string>(
  name: Name,
  summary: string,
  more: Partial<LineFact> & { factKey: string },
) => defineEvent({ name, group: 'Lines', summary, data: lineFact, example: { ...example, ...more } });

export const lineConfirmed = define('order.line.confirmed', 'The ERP accepted the quantity.', {
  factKey: 'so:88',
  promised: '2026-11-30T17:00:00Z',
  reportedBy: 'erp',
});
export const lineAllocated = define('order.line.allocated', 'Stock was reserved.', {
  factKey: 'shp_01JD9',
  location: 'WH1',
  reportedBy: 'erp',
});
export const lineDeallocated = define('order.line.deallocated', 'Reserved stock was given back.', {
  factKey: 'shp_01JD9',
  qty: { value: '20', uom: 'EA' },
  reportedBy: 'erp',
});
export const lineBackordered = define('order.line.backordered', 'The quantity comes later.', {
  factKey: 'shp_01JE0',
  qty: { value: '20', uom: 'EA' },
  promised: '2026-12-07T17:00:00Z',
  reportedBy: 'erp',
});
export const lineSubstituted = define('order.line.substituted', 'Another item is delivered for the ordered one.', {
  factKey: 'shp_01JD9',
  item: { sku: 'B-200' },
  ratio: '2',
  reportedBy: 'wms',
});
export const linePicked = define('order.line.picked', 'The quantity was picked.', {
  factKey: 'shp_01JD9',
  reportedBy: 'wms',
});
export const linePacked = define('order.line.packed', 'The quantity was packed.', {
  factKey: 'shp_01JD9',
  package: { sscc: '340123450000000014' },
  reportedBy: 'wms',
});
export const lineShipped = define('order.line.shipped', 'The quantity left the building.', {
  factKey: 'shp_01JD9',
  item: { sku: 'A-100', lot: 'L7' },
  package: { sscc: '340123450000000014', tracking: '1Z999AA10123456784', scac: 'UPSN' },
  reportedBy: 'wms',
  evidence: { system: 'wms-east', type: 'shipment', id: '7001' },
});
export const lineDelivered = define('order.line.delivered', 'The quantity arrived at the customer.', {
  factKey: 'shp_01JD9',
  reportedBy: 'carrier',
});
export const lineInvoiced = define('order.line.invoiced', 'The quantity was billed.', {
  factKey: 'inv_01JDA',
  reportedBy: 'erp',
});
export const lineCredited = define('order.line.credited', 'The quantity was credited.', {
  factKey: 'inv_01JDB',
  qty: { value: '2', uom: 'EA' },
  reportedBy: 'finance',
});
export const lineCancelled = define('order.line.cancelled', 'The quantity is not delivered any more.', {
  factKey: 'shp_01JD9',
  qty: { value: '1', uom: 'EA' },
  reason: 'SHORT',
  reportedBy: 'wms',
});
export const lineReturned = define('order.line.returned', 'The quantity came back.', {
  factKey: 'rma_01JDC',
  qty: { value: '2', uom: 'EA' },
  reason: 'Damaged',
  reportedBy: 'wms',
});
export const lineReceived = define(
  'order.line.received',
  'The quantity came in; across the dock it is allocated by that.',
  {
    factKey: 'asn:5512',
    path: 'crossdock',
    reportedBy: 'wms',
  },
);

/** What a line fact states; the last part of its type. */
export const FACT_KINDS = [
  'confirmed',
  'allocated',
  'deallocated',
  'backordered',
  'substituted',
  'picked',
  'packed',
  'shipped',
  'delivered',
  'invoiced',
  'credited',
  'cancelled',
  'returned',
  'received',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

const document = record({
  type: text('What was read, such as stock.picking.', 100),
  key: text('Its key.'),
});

export const snapshotObserved = defineEvent({
  name: 'snapshot.observed',
  group: 'Snapshots',
  summary: 'A document of a source was read whole; what it says about lines counts as if told one by one.',
  data: record({
    document,
    facts: Type.Array(record({ ...fact, kind: oneOf(FACT_KINDS) }), { maxItems: 10_000 }),
    ...statement,
  }),
  example: {
    document: { type: 'stock.picking', key: 'shp_01JD9' },
    rev: 3,
    facts: [{ kind: 'picked', lineKey: 'ord_01JD8/1', factKey: 'shp_01JD9', qty: { value: '120', uom: 'EA' } }],
    reportedBy: 'erp',
  },
});

export const inventoryObserved = defineEvent({
  name: 'inventory.observed',
  group: 'Snapshots',
  summary: 'How much of an item a site has.',
  data: record({
    item,
    location: text(),
    status: oneOf(['available', 'held', 'damaged', 'quality']),
    qty: quantity,
    ...statement,
  }),
  example: {
    item: { sku: 'A-100' },
    location: 'WH1',
    status: 'available',
    qty: { value: '480', uom: 'EA' },
    reportedBy: 'wms',
  },
});
