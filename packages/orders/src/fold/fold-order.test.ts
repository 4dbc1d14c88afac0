import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { event, fact, line, ORDER, received } from '../testing/order-story.ts';
import { foldOrder } from './fold-order.ts';

const firstLine = (events: readonly OrderEvent[]) => foldOrder(events).lines[0]!;
const codes = (events: readonly OrderEvent[]) => foldOrder(events).conditions.map(({ code }) => code);
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();
const fulfilled = (value: string, key = 'shp_1') => [
  fact('allocated', 2, key, value),
  fact('picked', 3, key, value),
  fact('shipped', 4, key, value),
];

describe('the eight stages', () => {
  const steps: readonly (readonly [string, OrderEvent])[] = [
    ['received', received([line(1, '10')])],
    ['validated', event('order.validated', 1, { orderKey: ORDER })],
    ['allocated', fact('allocated', 2, 'shp_1', '10')],
    ['picked', fact('picked', 3, 'shp_1', '10')],
    ['shipped', fact('shipped', 4, 'shp_1', '10')],
    ['invoiced', fact('invoiced', 5, 'inv_1', '10')],
    ['delivered', fact('delivered', 6, 'shp_1', '10')],
  ];

  it.each(steps.map(([stage], at) => [stage, at] as const))('reaches %s', (stage, at) => {
    const events = steps.slice(0, at + 1).map(([, one]) => one);
    expect(foldOrder(events).headline).toBe(stage);
  });

  it('lets an open hold stand over the stage, and takes it away again', () => {
    const hold = event('hold.placed', 5, { holdId: 'h', code: 'CREDIT' });
    const events = [received([line(1, '10')]), ...fulfilled('10'), hold];
    expect(foldOrder(events)).toMatchObject({
      headline: 'exception pending',
      stage: 'shipped',
      isExceptionPending: true,
    });
    const release = event('hold.released', 6, { holdId: 'h', code: 'CREDIT' });
    expect(foldOrder([release, ...events]).headline).toBe('shipped');
  });

  it('does the same for an exception, and says who has it', () => {
    const exceptionId = 'x';
    const events = [
      received([line(1, '10')]),
      event('exception.raised', 1, { exceptionId, code: 'UNKNOWN_SKU' }),
      event('exception.assigned', 2, { exceptionId, code: 'UNKNOWN_SKU', assignee: 'Ivy' }),
    ];
    expect(foldOrder(events)).toMatchObject({
      headline: 'exception pending',
      exceptions: [{ assignee: 'Ivy', isOpen: true }],
    });
    const cleared = event('exception.cleared', 3, { exceptionId, code: 'UNKNOWN_SKU' });
    expect(foldOrder([...events, cleared]).headline).toBe('received');
  });

  it('goes back when a correction takes something away', () => {
    const events = [received([line(1, '10')]), ...fulfilled('10')];
    const correction = (kind: 'picked' | 'shipped') => fact(kind, 9, 'shp_1', '8', { rev: 1 });
    const after = foldOrder([correction('shipped'), correction('picked'), ...events]);
    expect(after.stage).toBe('allocated');
    expect(after.fulfilment.shipped).toEqual({
      state: 'partial',
      lines: { done: 0, due: 1 },
      units: { done: '8', due: '10', uom: 'EA' },
    });
  });
});

describe('before the order', () => {
  const quote = (name: 'quote.created' | 'quote.accepted' | 'quote.lost', minute: number) =>
    event(name, minute, { quoteKey: 'quo_1' });

  it.each([
    ['quoted', [quote('quote.created', 0)]],
    ['quote accepted', [quote('quote.accepted', 1), quote('quote.created', 2)]],
    ['quote lost', [quote('quote.accepted', 1), quote('quote.lost', 2)]],
  ])('says %s', (headline, events) => {
    expect(foldOrder(events)).toMatchObject({ headline, stage: undefined, conditions: [] });
  });

  it('is unknown with facts alone, and keeps them for the order', () => {
    const early = fulfilled('10');
    expect(foldOrder(early)).toMatchObject({ headline: 'unknown', conditions: [{ code: 'ORPHAN_EVENT' }] });
    expect(foldOrder([...early, received([line(1, '10')])])).toMatchObject({ headline: 'shipped', conditions: [] });
  });

  it('names a line that the order does not have', () => {
    const events = [received([line(1, '10')]), fact('shipped', 1, 'shp_1', '1', { lineKey: `${ORDER}/9` })];
    expect(foldOrder(events).conditions).toEqual([
      { code: 'ORPHAN_EVENT', about: `${ORDER}/9`, detail: 'the order has no such line', since: at(1) },
    ]);
  });
});

describe('the situations of distribution', () => {
  const ordered = received([line(1, '100')]);

  it('split shipment: sums over shipments', () => {
    expect(firstLine([ordered, ...fulfilled('60'), ...fulfilled('40', 'shp_2')]).quantities.shipped).toBe('100');
  });

  it('re-send and correction: replace, never add', () => {
    const events = [ordered, fact('shipped', 4, 'shp_1', '80'), fact('shipped', 5, 'shp_1', '79', { rev: 1 })];
    expect(firstLine(events).quantities.shipped).toBe('79');
  });

  it('the same truck told twice, then linked: counts once', () => {
    const twice = [ordered, fact('shipped', 4, 'shp_1', '100'), fact('shipped', 5, 'odoo:p::7', '100')];
    expect(codes(twice)).toEqual(['OVERSHIPPED']);
    const linked = event('xref.linked', 9, { entity: 'shipment', keys: ['shp_1', 'odoo:p::7'] });
    expect(codes([...twice, linked])).toEqual([]);
    expect(firstLine([...twice, linked]).quantities.shipped).toBe('100');
  });

  it('backorder: open until it is allocated', () => {
    const events = [
      ordered,
      ...fulfilled('80'),
      fact('backordered', 4, 'shp_2', '20', { promised: '2026-12-07T17:00:00Z' }),
    ];
    expect(firstLine(events)).toMatchObject({
      backorderPromised: '2026-12-07T17:00:00Z',
      quantities: { backordered: '20', due: '100', shipped: '80' },
    });
    expect(firstLine([...events, fact('allocated', 8, 'shp_2', '20')]).quantities.backordered).toBe('0');
  });

  it('short ship without backorder: shipped with less due', () => {
    const events = [ordered, ...fulfilled('99'), fact('cancelled', 5, 'shp_1', '1', { reason: 'SHORT' })];
    expect(foldOrder(events)).toMatchObject({ stage: 'shipped', conditions: [] });
    expect(firstLine(events).quantities.due).toBe('99');
  });

  it('a line that is cancelled after it was picked counts no more, and the next line is not begun by it', () => {
    const events = [
      received([line(1, '10'), line(2, '5')]),
      fact('picked', 3, 'shp_1', '5', { lineKey: line(2, '5').lineKey }),
      fact('cancelled', 5, 'c', '5', { lineKey: line(2, '5').lineKey }),
    ];
    expect(foldOrder(events.slice(0, 2)).fulfilment.picked).toMatchObject({ state: 'partial', lines: { due: 2 } });
    expect(foldOrder(events).fulfilment.picked).toEqual({
      ...{ state: 'none', lines: { done: 0, due: 1 } },
      units: { done: '0', due: '10', uom: 'EA' },
    });
  });

  it('substitution: the other item counts by its ratio, whichever is told first', () => {
    const item = { sku: 'B' };
    const events = [
      ordered,
      fact('shipped', 4, 'shp_1', '60'),
      fact('shipped', 4, 'shp_2', '20', { item }),
      fact('substituted', 6, 'shp_2', '20', { item, ratio: '2' }),
    ];
    expect(foldOrder(events)).toMatchObject({ stage: 'shipped', conditions: [] });
  });

  it('substitution by a line of its own in the same shipment: counts for the ordered line', () => {
    const own = { lineKey: 'odoo:line::5', substitutesLineKey: `${ORDER}/1`, ratio: '2' };
    const events = [ordered, fact('shipped', 4, 'shp_1', '60'), fact('shipped', 4, 'shp_1', '20', own)];
    expect(foldOrder(events)).toMatchObject({ stage: 'shipped', conditions: [] });
  });

  it('kit: as many as its scarcest component makes', () => {
    const components = [
      { lineKey: `${ORDER}/1/a`, item: { sku: 'A' }, ratio: '2' },
      { lineKey: `${ORDER}/1/b`, item: { sku: 'B' }, ratio: '1' },
    ];
    const kit = received([line(1, '10', { components })]);
    const part = (part: string, value: string) =>
      fact('shipped', 4, `shp_${part}`, value, { lineKey: `${ORDER}/1/${part}` });
    expect(firstLine([kit, part('a', '20')]).quantities.shipped).toBe('0');
    expect(firstLine([kit, part('a', '14'), part('b', '10')]).quantities.shipped).toBe('7');
    expect(foldOrder([kit, part('a', '20'), part('b', '10')])).toMatchObject({ stage: 'shipped', conditions: [] });
  });

  it('kit: of a shipment that is told by the kit and by its components, the components count, once', () => {
    const components = [
      { lineKey: `${ORDER}/1/a`, item: { sku: 'A' }, ratio: '2' },
      { lineKey: `${ORDER}/1/b`, item: { sku: 'B' }, ratio: '1' },
    ];
    const kit = received([line(1, '10', { components })]);
    const part = (name: string, value: string) =>
      fact('shipped', 4, 'wms:s::1', value, { lineKey: `${ORDER}/1/${name}`, reportedBy: 'wms' });
    const byShop = fact('shipped', 5, 'shop:f::1', '5', { reportedBy: 'channel' });
    const assembled = fact('shipped', 6, 'shop:f::2', '3', { reportedBy: 'channel' });
    const linked = event('xref.linked', 5, { entity: 'shipment', keys: ['shop:f::1', 'wms:s::1'] });
    const events = [kit, part('a', '10'), part('b', '5'), byShop, linked];
    expect(firstLine(events).quantities.shipped).toBe('5');
    expect(firstLine([...events, assembled]).quantities.shipped).toBe('8');
  });

  it('drop-ship: what the supplier ships proves allocation and picking', () => {
    const events = [ordered, fact('shipped', 4, 'asn:1', '100', { path: 'dropship', reportedBy: 'supplier' })];
    expect(firstLine(events)).toMatchObject({ path: 'dropship', quantities: { allocated: '100', picked: '100' } });
  });

  it('cross-dock: what is received is allocated by that', () => {
    const events = [ordered, fact('received', 2, 'asn:1', '100', { path: 'crossdock' })];
    expect(foldOrder(events).stage).toBe('allocated');
    expect(foldOrder([ordered, fact('received', 2, 'asn:1', '100')]).stage).toBe('received');
  });

  it('a lost report of the warehouse: delivered proves it', () => {
    expect(foldOrder([ordered, fact('delivered', 6, 'shp_1', '100')]).stage).toBe('delivered');
  });

  it('return: never reduces what was shipped', () => {
    const events = [
      ordered,
      fact('delivered', 6, 'shp_1', '100'),
      fact('returned', 9, 'rma_1', '5'),
      fact('credited', 9, 'inv_2', '5'),
    ];
    expect(firstLine(events).quantities).toMatchObject({ shipped: '100', returned: '5', credited: '5', net: '95' });
    expect(foldOrder(events).stage).toBe('delivered');
  });

  it('amendment after picking: says that too much was picked', () => {
    const amended = event('order.amended', 5, { orderKey: ORDER, rev: 1, lines: [line(1, '60')] });
    expect(codes([ordered, fact('picked', 3, 'shp_1', '100'), amended])).toEqual(['PICKED_MORE_THAN_DUE']);
  });

  it('cancelled after a part of a kit has left: not cancelled', () => {
    const components = ['a', 'b'].map((name) => ({ lineKey: `${ORDER}/1/${name}`, item: { sku: name }, ratio: '1' }));
    const part = fact('shipped', 3, 'shp_1', '4', { lineKey: `${ORDER}/1/a` });
    const cancelled = event('order.cancelled', 9, { orderKey: ORDER });
    const state = foldOrder([received([line(1, '10', { components })]), part, cancelled]);
    expect(state.lifecycle).toBe('open');
    expect(state.conditions.map(({ code }) => code)).toEqual(['CANCEL_AFTER_SHIP']);
  });

  it('cancelled before shipping, and after', () => {
    const cancelled = event('order.cancelled', 9, { orderKey: ORDER });
    expect(foldOrder([cancelled, ordered, fact('picked', 3, 'shp_1', '100')]).headline).toBe('cancelled');
    expect(foldOrder([cancelled, ordered, fact('shipped', 3, 'shp_1', '100')])).toMatchObject({
      headline: 'shipped',
      conditions: [{ code: 'CANCEL_AFTER_SHIP' }],
    });
    expect(foldOrder([ordered, fact('cancelled', 3, 'c', '100')]).headline).toBe('cancelled');
  });

  it('over-shipment: within the tolerance, and beyond it', () => {
    const events = [ordered, fact('shipped', 4, 'shp_1', '105')];
    expect(codes(events)).toEqual(['OVERSHIPPED']);
    expect(foldOrder(events, { overShipTolerance: 0.05 }).conditions).toEqual([]);
    expect(() => foldOrder(events, { overShipTolerance: 5 })).toThrow(
      'overShipTolerance is 5; it is a share from 0 to 1',
    );
  });

  it('billing before shipping: that track moves alone', () => {
    const events = [ordered, fact('invoiced', 1, 'inv_1', '100'), event('invoice.posted', 1, { invoiceKey: 'inv_1' })];
    expect(foldOrder(events)).toMatchObject({
      stage: 'received',
      billing: { invoiced: { state: 'reached' }, isPaid: false },
    });
    const paid = event('invoice.paid', 2, { invoiceKey: 'inv_1' });
    expect(foldOrder([paid, ...events]).billing.isPaid).toBe(true);
    const reversed = event('invoice.reversed', 3, { invoiceKey: 'inv_1' });
    expect(foldOrder([reversed, paid, ...events]).billing.invoiced.state).toBe('none');
  });

  it('services and charges: billed only', () => {
    const events = [received([line(1, '100'), line(2, '1', { requiresFulfilment: false })]), ...fulfilled('100')];
    expect(foldOrder(events)).toMatchObject({
      stage: 'shipped',
      fulfilment: { shipped: { lines: { done: 1, due: 1 } } },
    });
    const bill = fact('invoiced', 5, 'inv_1', '100');
    expect(foldOrder([...events, bill]).stage).toBe('shipped');
    expect(foldOrder([...events, bill, fact('invoiced', 5, 'inv_1', '1', { lineKey: `${ORDER}/2` })]).stage).toBe(
      'invoiced',
    );
  });

  it('a voided shipment: what it carried did not leave', () => {
    const events = [ordered, ...fulfilled('100'), event('shipment.voided', 5, { shipmentKey: 'shp_1' })];
    expect(foldOrder(events)).toMatchObject({ stage: 'picked', shipments: [{ key: 'shp_1', status: 'voided' }] });
  });

  it('units: counts in the unit of the line, and guesses none', () => {
    const inCases = received([line(1, '10', { qty: { value: '10', uom: 'CASE', base: '120', baseUom: 'EA' } })]);
    const cases = (qty: { value: string; uom: string; base?: string; baseUom?: string }) =>
      fact('shipped', 4, 'shp_1', '0', { qty });
    expect(firstLine([inCases, cases({ value: '120', uom: 'EA' })]).quantities.shipped).toBe('120');
    expect(firstLine([inCases, cases({ value: '5', uom: 'CASE', base: '60', baseUom: 'EA' })]).quantities.shipped).toBe(
      '60',
    );
    const unknown = [inCases, cases({ value: '2', uom: 'BOX' })];
    expect(firstLine(unknown).quantities.shipped).toBe('0');
    expect(foldOrder(unknown).conditions).toEqual([
      { code: 'UOM_UNKNOWN', about: `${ORDER}/1`, detail: 'no factor leads from "BOX" to "EA"', since: at(4) },
    ]);
  });

  it('tracking: the first scan with the carrier and the last one', () => {
    const scan = (status: 'pre_transit' | 'in_transit' | 'exception', minute: number) =>
      event('shipment.tracking', minute, { shipmentKey: 'shp_1', status });
    const { shipments, stage } = foldOrder([
      scan('exception', 30),
      scan('in_transit', 20),
      scan('pre_transit', 10),
      ordered,
    ]);
    expect(shipments[0]).toMatchObject({
      firstScanAt: '2026-11-23T09:20:00.000Z',
      lastScan: { at: '2026-11-23T09:30:00.000Z', status: 'exception' },
    });
    expect(stage).toBe('received');
  });

  it('a snapshot of a document: counts as facts told one by one', () => {
    const snapshot = event('snapshot.observed', 5, {
      document: { type: 'stock.picking', key: 'shp_1' },
      rev: 3,
      facts: [{ kind: 'shipped', lineKey: `${ORDER}/1`, factKey: 'shp_1', qty: { value: '90', uom: 'EA' } }],
    });
    expect(firstLine([snapshot, ordered, fact('shipped', 9, 'shp_1', '100')]).quantities.shipped).toBe('90');
  });

  it('a promise that is confirmed and changes, for the order and for a line', () => {
    const events = [
      ordered,
      event('promise.changed', 1, { orderKey: ORDER, promised: { to: '2026-12-01T00:00:00Z' } }),
      event('promise.changed', 2, { orderKey: ORDER, lineKey: `${ORDER}/1`, promised: { to: '2026-12-03T00:00:00Z' } }),
    ];
    expect(foldOrder(events).head?.promised?.to).toBe('2026-12-01T00:00:00Z');
    const confirmed = { orderKey: ORDER, promised: { to: '2026-11-30T00:00:00Z' } };
    const promised = (minute: number) =>
      foldOrder([...events, event('order.confirmed', minute, confirmed)]).head?.promised;
    expect([promised(0)?.to, promised(3)?.to]).toEqual(['2026-12-01T00:00:00Z', '2026-11-30T00:00:00Z']);
    expect(firstLine(events).promisedTo).toBe('2026-12-03T00:00:00Z');
  });
});

describe('which of two statements counts', () => {
  const ordered = received([line(1, '100')]);
  const shipped = (value: string, minute: number, more = {}) => fact('shipped', minute, 'shp_1', value, more);
  const count = (...events: OrderEvent[]) => firstLine([ordered, ...events]).quantities.shipped;

  it('the revision, then the time, then who owns the fact', () => {
    expect(count(shipped('10', 1, { rev: 2 }), shipped('20', 9, { rev: 1 }))).toBe('10');
    expect(count(shipped('10', 1), shipped('20', 9))).toBe('20');
    expect(count(shipped('10', 1, { reportedBy: 'wms' }), shipped('20', 1, { reportedBy: 'erp' }))).toBe('10');
    expect(count(shipped('10', 1, { reportedBy: 'person' }), shipped('20', 1, { reportedBy: 'wms' }))).toBe('10');
  });

  it('names a source that says two things under one id', () => {
    const said = (value: string) =>
      event('order.line.shipped', 1, { lineKey: `${ORDER}/1`, factKey: 's', qty: { value, uom: 'EA' } }, 'same');
    const forth = foldOrder([ordered, said('10'), said('20')]);
    expect(forth).toEqual(foldOrder([said('20'), said('10'), ordered]));
    expect(forth.conditions).toEqual([
      {
        code: 'EVENT_CONFLICT',
        about: '//connections/test|same',
        detail: 'the source said different things under one id',
        since: at(1),
      },
    ]);
    expect(
      foldOrder([ordered, said('10'), { ...said('10'), recordedtime: '2026-11-23T10:00:00Z' }]).conditions,
    ).toEqual([]);
  });
});
