import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { foldOrder } from '../fold/fold-order.ts';
import type { RuleSettings } from '../rules/rule-settings.ts';
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
  shipped,
  validated,
} from '../testing/order-parts.ts';
import { event, fact, line, ORDER } from '../testing/order-story.ts';
import { minute } from '../testing/rule-story.ts';
import { nextSteps } from './next-steps.ts';

const next = (events: readonly OrderEvent[], now = 2, settings: RuleSettings = {}) =>
  nextSteps(foldOrder(events), minute(now), settings).map(({ step, by, isLate, about }) =>
    [
      step,
      ...(about === undefined ? [] : [`of ${about}`]),
      ...(by === undefined ? [] : [by]),
      ...(isLate ? ['late'] : []),
    ].join(' '),
  );
const posted = event('invoice.posted', 20, { invoiceKey: 'inv_1' });

describe('what happens next', () => {
  it.each<[string, OrderEvent[], string[]]>([
    ['is that a quote is accepted', [event('quote.created', 0, { quoteKey: 'quo_1' })], ['accepted']],
    ['is the order that is accepted', [event('quote.accepted', 0, { quoteKey: 'quo_1' })], ['received']],
    ['is the order of which something was told', [fact('shipped', 0, 'shp_1', '1')], [`received ${at(30)}`]],
    ['is its validation, in a quarter of an hour', [ordered], [`validated ${at(15)}`]],
    ['is stock, within half a working day', [ordered, validated], [`allocated ${at(4 * HOUR + 1)}`]],
    [
      'is the release of a hold, and no date for stock before it',
      [ordered, validated, hold('placed', 5)],
      [`release of h ${at(4 * HOUR + 5)}`, 'allocated'],
    ],
    [
      'is picking of what is there, and stock for the rest',
      [ordered, validated, fact('allocated', 5, 'shp_1', '6')],
      [`picked ${at(8 * HOUR + 5)}`, 'allocated'],
    ],
    [
      'is the first scan, the bill, and the arrival, after the goods left',
      [ordered, validated, shipped],
      [`invoiced ${at(DAY + 5)}`, `scan of shp_1 ${at(DAY + 5)}`, 'delivered'],
    ],
    ['is the bill, when all arrived', [ordered, validated, shipped, delivered(9)], [`invoiced ${at(DAY + 5)}`]],
    ['is its payment', [ordered, validated, shipped, delivered(9), invoiced(20), posted], ['paid']],
    [
      'is nothing, when it is paid',
      [
        ordered,
        validated,
        shipped,
        delivered(9),
        invoiced(20),
        posted,
        event('invoice.paid', 30, { invoiceKey: 'inv_1', rev: 1 }),
      ],
      [],
    ],
    ['is nothing, when it was cancelled', [ordered, event('order.cancelled', 3, { orderKey: ORDER })], []],
    [
      'is the bill alone of an order for services',
      [order({}, [line(1, '1', { requiresFulfilment: false })]), validated],
      ['invoiced'],
    ],
    [
      'is the answer of a partner',
      [ordered, validated, fact('allocated', 2, 'shp_1', '10'), edi('sent', 5, '940')],
      [`answer of WMS/41 ${at(2 * HOUR + 5)}`, `picked ${at(8 * HOUR + 2)}`],
    ],
    [
      'is a refused document, sent again',
      [ordered, validated, fact('allocated', 2, 'shp_1', '10'), edi('sent', 5, '940'), edi('rejected', 6, '940')],
      [`resend of WMS/41 ${at(6)}`, `picked ${at(8 * HOUR + 2)}`],
    ],
  ])('%s', (_, events, steps) => {
    expect(next(events)).toEqual(steps);
  });

  it('is due as promised, to leave or to arrive', () => {
    const promised = (basis?: 'ship') => ({ promised: { to: at(3 * DAY), ...(basis === undefined ? {} : { basis }) } });
    const [allocated] = [fact('allocated', 5, 'shp_1', '10')];
    expect(next([order(promised()), validated, allocated])).toEqual([
      `picked ${at(8 * HOUR + 5)}`,
      `delivered ${at(3 * DAY)}`,
    ]);
    expect(next([order(promised('ship')), validated, allocated])).toEqual([
      `picked ${at(8 * HOUR + 5)}`,
      `shipped ${at(3 * DAY)}`,
    ]);
    expect(next([order(promised('ship')), validated, shipped])).not.toContain(`shipped ${at(3 * DAY)}`);
  });

  it('is late from the instant at which the exception is raised', () => {
    expect(next([ordered], 14)).toEqual([`validated ${at(15)}`]);
    expect(next([ordered], 15)).toEqual([`validated ${at(15)} late`]);
  });

  it('has the limits and owners of the settings, and no date where a rule is off', () => {
    const settings = { rules: { STUCK_BEFORE_VALIDATION: { within: { minutes: 60 }, owner: 'the night shift' } } };
    expect(nextSteps(foldOrder([ordered]), minute(1), settings)).toEqual([
      { step: 'validated', code: 'STUCK_BEFORE_VALIDATION', owner: 'the night shift', by: at(60), isLate: false },
    ]);
    expect(next([ordered], 99, { rules: { STUCK_BEFORE_VALIDATION: { isOn: false } } })).toEqual(['validated']);
  });
});
