import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { event, fact, line, ORDER, received } from '../testing/order-story.ts';
import { foldOrder } from './fold-order.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();
const heard = (one: OrderEvent, minute: number): OrderEvent => ({ ...one, recordedtime: at(minute) });
const since = (events: readonly OrderEvent[], code: string) =>
  foldOrder(events).conditions.find((one) => one.code === code)?.since;

describe('since when a condition is known', () => {
  const ordered = received([line(1, '10')]);

  it('counts from when events were stored, not from when they happened', () => {
    const events = [ordered, fact('shipped', 1, 'shp_1', '10'), heard(fact('shipped', 2, 'odoo:p::7', '10'), 45)];
    expect(since(events, 'OVERSHIPPED')).toBe(at(45));
  });

  it('takes an event as stored when it came first', () => {
    const shipped = fact('shipped', 1, 'shp_1', '12');
    const twice = [heard(shipped, 30), ordered, heard(shipped, 20), heard(shipped, 40)];
    expect(since(twice, 'OVERSHIPPED')).toBe(at(20));
    expect(foldOrder(twice)).toEqual(foldOrder(twice.toReversed()));
  });

  it('does not begin again when a source says the same again, but with what it says anew', () => {
    const shipped = fact('shipped', 1, 'shp_1', '12');
    const again = fact('shipped', 30, 'shp_1', '12', { rev: 1 });
    expect(since([ordered, shipped, again], 'OVERSHIPPED')).toBe(at(1));
    const more = fact('shipped', 30, 'shp_1', '13', { rev: 1 });
    expect(since([ordered, shipped, more], 'OVERSHIPPED')).toBe(at(30));
    const invoiced = fact('invoiced', 50, 'inv_1', '12');
    expect(since([ordered, shipped, invoiced], 'OVERSHIPPED')).toBe(at(1));
  });

  it('counts an amendment that made it so', () => {
    const picked = fact('picked', 3, 'shp_1', '10');
    const amended = event('order.amended', 20, { orderKey: ORDER, rev: 1, lines: [line(1, '8')] });
    expect(since([ordered, picked, amended], 'PICKED_MORE_THAN_DUE')).toBe(at(20));
  });

  it('counts from the later of cancelling and shipping', () => {
    const shipped = fact('shipped', 5, 'shp_1', '10');
    const cancelled = (minute: number) => event('order.cancelled', minute, { orderKey: ORDER });
    expect(since([ordered, shipped, cancelled(9)], 'CANCEL_AFTER_SHIP')).toBe(at(9));
    expect(since([ordered, shipped, cancelled(2)], 'CANCEL_AFTER_SHIP')).toBe(at(5));
  });

  it('counts from the first of the events that have no order', () => {
    expect(since([fact('shipped', 5, 'shp_1', '10'), fact('picked', 3, 'shp_1', '10')], 'ORPHAN_EVENT')).toBe(at(3));
  });

  it('counts from the link that made a conflict', () => {
    const link = event('xref.linked', 7, { entity: 'shipment', keys: ['shp_1', 'shp_2'] });
    expect(since([ordered, link], 'LINK_CONFLICT')).toBe(at(7));
  });
});

describe('what arrived short', () => {
  const shipped = [received([line(1, '10')]), fact('shipped', 1, 'shp_1', '10')];
  const scan = (status: 'in_transit' | 'delivered', minute: number) =>
    event('shipment.tracking', minute, { shipmentKey: 'shp_1', status });

  it('is said of a shipment that is through with less than left in it', () => {
    expect(since([...shipped, fact('delivered', 9, 'shp_1', '9')], 'DELIVERED_SHORT')).toBe(at(9));
    expect(since([...shipped, fact('delivered', 9, 'shp_1', '9'), scan('delivered', 9)], 'DELIVERED_SHORT')).toBe(
      at(9),
    );
  });

  it('is not said while the carrier has the rest, nor of another shipment, nor when all is there', () => {
    expect(
      since([...shipped, fact('delivered', 9, 'shp_1', '9'), scan('in_transit', 9)], 'DELIVERED_SHORT'),
    ).toBeUndefined();
    expect(since([...shipped, fact('delivered', 9, 'shp_1', '10')], 'DELIVERED_SHORT')).toBeUndefined();
    const split = [received([line(1, '10')]), fact('shipped', 1, 'shp_1', '6'), fact('shipped', 1, 'shp_2', '4')];
    expect(since([...split, fact('delivered', 9, 'shp_1', '6')], 'DELIVERED_SHORT')).toBeUndefined();
  });
});

describe('exceptions', () => {
  const exceptionId = 'x';
  const raised = (minute: number, rev: number) =>
    event('exception.raised', minute, {
      exceptionId,
      code: 'REFUSED',
      rev,
      severity: 'critical',
      owner: 'support',
      dueAt: at(55),
      lineKey: `${ORDER}/1`,
    });
  const settled = event('exception.cleared', 5, { exceptionId, code: 'REFUSED', rev: 1, by: 'Ivy' });
  const only = (events: readonly OrderEvent[]) => foldOrder(events).exceptions[0];

  it('keep how they were raised, by whom they were settled and how often they came', () => {
    const open = { severity: 'critical', owner: 'support', dueAt: at(55), raisedAt: at(1), lineKey: `${ORDER}/1` };
    expect(only([raised(1, 0)])).toMatchObject({ ...open, isOpen: true, occurrences: 1, rev: 0, settledBy: undefined });
    expect(only([settled, raised(1, 0)])).toMatchObject({
      ...open,
      isOpen: false,
      settledBy: 'Ivy',
      since: at(5),
      rev: 1,
    });
    expect(only([settled, raised(1, 0), raised(9, 2)])).toMatchObject({
      isOpen: true,
      occurrences: 2,
      settledBy: undefined,
      raisedAt: at(9),
    });
  });
});

describe('documents sent', () => {
  const edi = { partner: 'WMS', control: '41', document: '940', about: 'shp_1' };

  it('have their answer, whichever came first, and the last of several', () => {
    const events = [
      event('edi.rejected', 4, { partner: 'WMS', control: '41', reason: 'no such site' }),
      event('edi.sent', 1, edi),
      event('edi.interchange.received', 8, { partner: 'WMS', control: '7', document: '945', about: 'shp_1' }),
    ];
    const sent = { ...edi, sentAt: at(1), answer: 'rejected', answeredAt: at(4), reason: 'no such site' };
    expect(foldOrder(events).edi).toEqual({
      sent: [sent],
      received: [{ partner: 'WMS', document: '945', about: 'shp_1', receivedAt: at(8) }],
    });
    const taken = event('edi.acknowledged', 9, { partner: 'WMS', control: '41' });
    expect(foldOrder([taken, ...events]).edi.sent).toEqual([
      { ...sent, answer: 'acknowledged', answeredAt: at(9), reason: undefined },
    ]);
  });
});

describe('shipments', () => {
  it('know when goods left in them and arrived, told again or not, with a document or without', () => {
    const events = [
      received([line(1, '10')]),
      fact('shipped', 3, 'shp_1', '10'),
      fact('shipped', 30, 'shp_1', '10'),
      fact('delivered', 40, 'shp_1', '10'),
    ];
    expect(foldOrder(events).shipments).toEqual([
      { key: 'shp_1', status: 'open', tracking: [], shippedAt: at(3), deliveredAt: at(40) },
    ]);
    const nothing = fact('shipped', 50, 'shp_2', '0');
    expect(foldOrder([...events, nothing]).shipments).toHaveLength(1);
  });
});
