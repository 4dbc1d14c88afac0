import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { foldOrder } from '../fold/fold-order.ts';
import {
  at,
  DAY,
  delivered,
  edi,
  HOUR,
  hold,
  invoiced,
  order,
  ordered,
  scan,
  shipped,
  validated,
} from '../testing/order-parts.ts';
import { event, fact, line, ORDER, received } from '../testing/order-story.ts';
import { minute, saidOf } from '../testing/rule-story.ts';
import { evaluateRules } from './evaluate-rules.ts';

describe('nothing alarms', () => {
  const after = (events: readonly OrderEvent[], count = 30 * DAY) =>
    evaluateRules(foldOrder(events), minute(count)).open.map(({ data }) => (data as { code: string }).code);

  it('without events', () => {
    expect(evaluateRules(foldOrder([]), minute(0))).toEqual({ open: [], clear: [], nextAt: undefined });
  });

  it('when all went well', () => {
    const promised = order({ promised: { to: at(DAY) } });
    expect(after([promised, validated, shipped, scan('in_transit', 6), delivered(600), invoiced(700)])).toEqual([]);
  });

  it('of an order that was rejected, cancelled or closed, or of a mere quote', () => {
    for (const name of ['rejected', 'cancelled', 'closed'] as const)
      expect(after([ordered, event(`order.${name}`, 2, { orderKey: ORDER })])).toEqual([]);
    expect(after([event('quote.created', 0, { quoteKey: 'quo_1' })])).toEqual([]);
  });

  it('while an order is held, but the hold', () => {
    expect(after([ordered, validated, hold('placed', 10)])).toEqual(['CREDIT_HOLD']);
  });

  it('for stock that is known to come later', () => {
    expect(after([ordered, validated, fact('backordered', 2, 'shp_2', '10')])).toEqual([]);
  });

  it('for services that are never shipped', () => {
    const service = line(1, '1', { requiresFulfilment: false });
    expect(after([received([service]), validated, fact('invoiced', 3, 'inv_1', '1')])).toEqual([]);
  });

  it('for want of a dispatch advice, unless that is turned on', () => {
    expect(after([ordered, validated, shipped, scan('delivered', 6), invoiced(7)])).toEqual([]);
  });

  it('by the cut-off of a calendar that has none', () => {
    expect(
      after([
        ordered,
        validated,
        edi('sent', 5, '940'),
        edi('acknowledged', 6, '940'),
        fact('backordered', 2, 'shp_2', '10'),
      ]),
    ).toEqual([]);
  });
});

describe('an alarm', () => {
  const late = [order({ promised: { to: at(DAY) } }), validated, shipped, invoiced(9), scan('in_transit', DAY - 9)];

  it('says how bad it is, whose it is, by when and why', () => {
    const [raised] = saidOf('DELIVERY_LATE', late, minute(DAY)).open;
    expect(raised).toMatchObject({
      source: '//rules',
      partitionkey: ORDER,
      subject: `order/${ORDER}`,
      data: {
        severity: 'error',
        owner: 'support',
        dueAt: at(DAY + 4 * HOUR),
        reason: `promised for ${at(DAY)}, and not all is there`,
        reportedBy: 'platform',
      },
    });
  });

  it('is that of the settings', () => {
    const settings = {
      rules: { DELIVERY_LATE: { severity: 'critical', owner: 'key accounts' } },
      resolveWithin: { critical: { minutes: 5 } },
    } as const;
    const [raised] = saidOf('DELIVERY_LATE', late, minute(DAY), settings).open;
    expect(raised?.data).toMatchObject({ severity: 'critical', owner: 'key accounts', dueAt: at(DAY + 5) });
  });

  it('counts from the first limit that is over, where a rule has several', () => {
    const promised = (to: number) => [order({ promised: { to: at(to) } }), validated];
    const raisedAt = (to: number) => saidOf('STUCK_BEFORE_ALLOCATION', promised(to), minute(9 * DAY)).open[0]?.time;
    expect(raisedAt(DAY + 2 * HOUR)).toBe(at(2 * HOUR));
    expect(raisedAt(5 * DAY)).toBe(at(1 + 4 * HOUR));
  });

  it('passes when its rule is turned off', () => {
    const { open } = saidOf('DELIVERY_LATE', late, minute(DAY));
    const off = { rules: { DELIVERY_LATE: { isOn: false } } };
    expect(saidOf('DELIVERY_LATE', [...late, ...open], minute(DAY + 1), off).clear).toHaveLength(1);
    expect(saidOf('DELIVERY_LATE', late, minute(DAY + 1), off).open).toEqual([]);
  });

  it('that time alone takes away passes at that time', () => {
    const events = [
      order({ promised: { to: at(2 * DAY) } }),
      validated,
      shipped,
      event('shipment.updated', 60, { shipmentKey: 'shp_1', estimatedAt: at(3 * DAY) }),
    ];
    const { open } = saidOf('PROMISE_AT_RISK', events, minute(60));
    const alarmed = [...events, ...open];
    expect(evaluateRules(foldOrder(alarmed), minute(2 * DAY - 1)).nextAt).toBe(at(2 * DAY));
    expect(saidOf('PROMISE_AT_RISK', alarmed, minute(2 * DAY + 7)).clear).toMatchObject([{ time: at(2 * DAY) }]);
    expect(saidOf('DELIVERY_LATE', alarmed, minute(2 * DAY)).open).toHaveLength(1);
  });

  it('has a key of its own however long the keys are that it is about', () => {
    const keys = [`shp_${'a'.repeat(300)}`, `shp_${'a'.repeat(299)}b`] as [string, string];
    const other = [`shp_${'a'.repeat(300)}`, `shp_${'a'.repeat(299)}c`] as [string, string];
    const ids = [keys, other].map((pair) => {
      const events = [ordered, event('xref.linked', 7, { entity: 'shipment', keys: pair }, 'link')];
      return saidOf('LINK_CONFLICT', events, minute(60)).open[0]!.id;
    });
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids[0]!.length).toBeLessThan(500);
  });

  it('leaves alone what others raised', () => {
    const reported = event('exception.raised', 3, { exceptionId: 'UNKNOWN_SKU:1', code: 'UNKNOWN_SKU' });
    const { open, clear } = evaluateRules(foldOrder([ordered, validated, reported]), minute(4));
    expect([open, clear]).toEqual([[], []]);
  });
});
