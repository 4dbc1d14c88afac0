import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { FACT_KINDS, type FactKind, type LineFact } from '../events/catalogue/lines.ts';
import { eventProblems } from '../events/event-problems.ts';
import { event, fact, line, ORDER, received } from '../testing/order-story.ts';
import { foldOrder } from './fold-order.ts';

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

const aFact = fc
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
const control: fc.Arbitrary<OrderEvent> = fc.oneof(
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
    return event('snapshot.observed', at, { document: { type: 'picking', key: 'p' }, rev: n, facts: stated });
  }),
  minute.map((at) => event('invoice.posted', at, { invoiceKey: 'inv_1' })),
  minute.map((at) => event('invoice.reversed', at, { invoiceKey: 'inv_1', rev: 1 })),
  minute.map((at) => event('return.authorized', at, { returnKey: 'rma_1' })),
  minute.map((at) => event('quote.created', at, { quoteKey: 'quo_1' })),
  minute.map((at) => event('quote.lost', at, { quoteKey: 'quo_1' })),
);

/** An order's events, and the same shuffled with about 40 % of them coming twice. */
const told = fc.array(fc.oneof({ weight: 2, arbitrary: aFact }, control), { maxLength: 25 }).chain((events) => {
  const twice = fc.subarray(events, { maxLength: Math.ceil(events.length * 0.4) });
  const shuffled = twice.chain((again) =>
    fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
  );
  return fc.record({ events: fc.constant(events), shuffled });
});

describe('the fold', () => {
  it('gives the same state for any order of the events and any duplicates', () => {
    fc.assert(
      fc.property(told, ({ events, shuffled }) => {
        expect(foldOrder(structuredClone(shuffled))).toEqual(foldOrder(events));
      }),
      { numRuns: 1000 },
    );
  });

  it('never has more at a later stage than at an earlier one', () => {
    fc.assert(
      fc.property(told, ({ events }) => {
        for (const { quantities } of foldOrder(events).lines) {
          const [allocated, picked, shipped, delivered] = (
            ['allocated', 'picked', 'shipped', 'delivered'] as const
          ).map((stage) => Number(quantities[stage])) as [number, number, number, number];
          expect(allocated >= picked && picked >= shipped && shipped >= delivered).toBe(true);
        }
      }),
    );
  });

  it('is tried with events that are canonical', () => {
    fc.assert(fc.property(fc.oneof(aFact, control), (one) => eventProblems(one).length === 0));
  });
});
