import { describe, expect, it } from 'vitest';
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
import { event, fact, line, ORDER } from '../testing/order-story.ts';
import { type RuleStory, tell } from '../testing/rule-story.ts';
import { orderRules } from './rule-table.ts';

const stories: readonly (readonly [string, RuleStory])[] = [
  [
    'is received and not validated',
    {
      code: 'STUCK_BEFORE_VALIDATION',
      events: [ordered],
      alarmsAt: 15,
      passes: [event('order.validated', 20, { orderKey: ORDER })],
    },
  ],
  [
    'is received, and moves without being validated',
    { code: 'STUCK_BEFORE_VALIDATION', events: [ordered], alarmsAt: 15, passes: [fact('allocated', 20, 'shp_1', '1')] },
  ],
  [
    'is validated and has no stock for four working hours',
    {
      code: 'STUCK_BEFORE_ALLOCATION',
      events: [ordered, validated],
      alarmsAt: 1 + 4 * HOUR,
      passes: [fact('allocated', 300, 'shp_1', '1')],
    },
  ],
  [
    'is validated in the evening, and nobody works at night',
    {
      code: 'STUCK_BEFORE_ALLOCATION',
      events: [ordered, event('order.validated', 7 * HOUR, { orderKey: ORDER })],
      alarmsAt: DAY + 2 * HOUR,
      passes: [fact('backordered', 2000, 'shp_2', '10')],
    },
  ],
  [
    'has no stock a day before it is promised',
    {
      code: 'STUCK_BEFORE_ALLOCATION',
      events: [order({ promised: { to: at(DAY + 2 * HOUR), basis: 'ship' } }), validated],
      alarmsAt: 2 * HOUR,
      passes: [event('promise.changed', 130, { orderKey: ORDER, promised: { to: at(9 * DAY) } })],
    },
  ],
  [
    'may be worked on only later',
    {
      code: 'STUCK_BEFORE_ALLOCATION',
      events: [order({ releaseAt: at(DAY) }), validated],
      alarmsAt: DAY + 4 * HOUR,
      passes: [hold('placed', DAY + 300)],
    },
  ],
  [
    'was held: time counts from its release',
    {
      code: 'STUCK_BEFORE_ALLOCATION',
      events: [ordered, validated, hold('placed', 10), hold('released', 120)],
      alarmsAt: 6 * HOUR,
      passes: [fact('allocated', 400, 'shp_1', '10')],
    },
  ],
  [
    'takes no parts and is not covered two days before',
    {
      code: 'PARTIAL_ALLOCATION_RISK',
      events: [
        order({ shipComplete: true, promised: { to: at(3 * DAY) } }),
        validated,
        fact('allocated', 2, 'shp_1', '8'),
      ],
      alarmsAt: DAY,
      passes: [fact('allocated', DAY + 1, 'shp_2', '2')],
    },
  ],
  [
    'is held for credit',
    {
      code: 'CREDIT_HOLD',
      events: [ordered, validated, hold('placed', 10)],
      alarmsAt: 10 + 4 * HOUR,
      about: 'h',
      passes: [hold('released', 300)],
    },
  ],
  [
    'is allocated and not picked',
    {
      code: 'STUCK_PICK',
      events: [ordered, validated, fact('allocated', 2, 'shp_1', '10')],
      alarmsAt: 2 + 8 * HOUR,
      passes: [fact('picked', 500, 'shp_1', '10')],
    },
  ],
  [
    'waits with a part alone',
    {
      code: 'STUCK_PICK',
      events: [ordered, validated, fact('allocated', 2, 'shp_1', '4'), fact('picked', 3, 'shp_1', '3')],
      alarmsAt: 2 + 8 * HOUR,
      passes: [fact('picked', 500, 'shp_1', '4')],
    },
  ],
  [
    'is sent to a warehouse that does not answer',
    {
      code: 'WMS_NO_RESPONSE',
      events: [ordered, validated, edi('sent', 5, '940')],
      alarmsAt: 125,
      about: 'WMS/41',
      passes: [edi('acknowledged', 130, '940')],
    },
  ],
  [
    'is sent to a warehouse that does not ship by the cut-off',
    {
      code: 'WMS_NO_RESPONSE',
      events: [ordered, validated, edi('sent', 5, '940'), edi('acknowledged', 6, '940')],
      alarmsAt: 6 * HOUR,
      about: 'WMS/41',
      passes: [
        event('edi.interchange.received', 400, { partner: 'WMS', control: '9', document: '945', about: 'shp_1' }),
      ],
      settings: {
        calendars: { east: { timeZone: 'UTC', week: { monday: [{ from: '08:00', to: '17:00' }] }, cutOff: '15:00' } },
        calendar: 'east',
      },
    },
  ],
  [
    'is sent to the warehouse again',
    {
      code: 'WMS_NO_RESPONSE',
      events: [ordered, validated, edi('sent', 5, '940')],
      alarmsAt: 125,
      about: 'WMS/41',
      passes: [edi('sent', 126, '940', '42')],
    },
  ],
  [
    'is picked and does not leave',
    {
      code: 'PICKED_NOT_SHIPPED',
      events: [ordered, validated, fact('picked', 2, 'shp_1', '10')],
      alarmsAt: 2 + 12 * HOUR,
      passes: [fact('shipped', 800, 'shp_1', '10')],
    },
  ],
  [
    'left, and the carrier does not scan it',
    {
      code: 'SHIPPED_NO_CARRIER_SCAN',
      events: [ordered, validated, shipped, scan('pre_transit', 6)],
      alarmsAt: 5 + DAY,
      about: 'shp_1',
      passes: [scan('in_transit', DAY + 9)],
    },
  ],
  [
    'left on a pallet, and the carrier does not scan it',
    {
      code: 'SHIPPED_NO_CARRIER_SCAN',
      events: [ordered, validated, shipped, event('shipment.created', 4, { shipmentKey: 'shp_1', mode: 'ltl' })],
      alarmsAt: 5 + 2 * DAY,
      about: 'shp_1',
      passes: [event('shipment.voided', 2 * DAY + 9, { shipmentKey: 'shp_1' })],
    },
  ],
  [
    'left on a Friday, and nobody scans over the weekend',
    {
      code: 'SHIPPED_NO_CARRIER_SCAN',
      events: [ordered, validated, fact('shipped', 4 * DAY, 'shp_1', '10')],
      alarmsAt: 7 * DAY,
      about: 'shp_1',
      passes: [delivered(7 * DAY + 5)],
    },
  ],
  [
    'is on its way and not scanned any more',
    {
      code: 'TRACKING_STALLED',
      events: [ordered, validated, shipped, scan('in_transit', 60)],
      alarmsAt: 60 + 3 * DAY,
      about: 'shp_1',
      passes: [scan('returned', 3 * DAY + 70)],
    },
  ],
  [
    'should have arrived',
    {
      code: 'DELIVERY_LATE',
      events: [order({ promised: { to: at(DAY) } }), validated, shipped],
      alarmsAt: DAY,
      passes: [delivered(DAY + 5)],
    },
  ],
  [
    'should have left',
    {
      code: 'DELIVERY_LATE',
      events: [order({ promised: { to: at(DAY), basis: 'ship' } }), validated],
      alarmsAt: DAY,
      passes: [fact('shipped', DAY + 5, 'shp_1', '10')],
    },
  ],
  [
    'has a line that is promised earlier',
    {
      code: 'DELIVERY_LATE',
      events: [
        order({ promised: { to: at(9 * DAY) } }, [line(1, '10', { promised: { to: at(DAY) } }), line(2, '1')]),
        validated,
      ],
      alarmsAt: DAY,
      passes: [
        event('promise.changed', DAY + 1, { orderKey: ORDER, lineKey: `${ORDER}/1`, promised: { to: at(5 * DAY) } }),
      ],
    },
  ],
  [
    'has a shipment that will be late',
    {
      code: 'PROMISE_AT_RISK',
      events: [
        order({ promised: { to: at(2 * DAY) } }),
        validated,
        shipped,
        event('shipment.updated', 60, { shipmentKey: 'shp_1', estimatedAt: at(3 * DAY) }),
      ],
      alarmsAt: 60,
      about: 'shp_1',
      passes: [event('shipment.updated', 70, { shipmentKey: 'shp_1', estimatedAt: at(DAY), rev: 1 })],
    },
  ],
  [
    'arrives short',
    {
      code: 'DELIVERED_SHORT',
      events: [ordered, validated, shipped, fact('delivered', 60, 'shp_1', '9')],
      alarmsAt: 60 + HOUR,
      about: `${ORDER}/1`,
      passes: [fact('delivered', 130, 'shp_1', '10')],
    },
  ],
  [
    'left and is not billed',
    {
      code: 'SHIPPED_NOT_INVOICED',
      events: [ordered, validated, shipped],
      alarmsAt: 5 + DAY,
      passes: [invoiced(DAY + 9)],
    },
  ],
  [
    'arrived and is not billed, where that counts',
    {
      code: 'SHIPPED_NOT_INVOICED',
      events: [ordered, validated, shipped, delivered(500)],
      alarmsAt: 500 + DAY,
      passes: [invoiced(DAY + 509)],
      settings: { rules: { SHIPPED_NOT_INVOICED: { countFrom: 'delivered' } } },
    },
  ],
  [
    'is billed and does not leave',
    {
      code: 'INVOICED_NOT_SHIPPED',
      events: [ordered, validated, event('invoice.posted', 3, { invoiceKey: 'inv_1' }), invoiced(3)],
      alarmsAt: 3 + 2 * HOUR,
      passes: [event('invoice.reversed', 140, { invoiceKey: 'inv_1', rev: 1 })],
    },
  ],
  [
    'left without dispatch advice, where one is wanted',
    {
      code: 'ASN_MISSING',
      events: [order({ parties: [{ role: 'buyer', name: 'ACME' }] }), validated, shipped],
      alarmsAt: 20,
      about: 'shp_1',
      passes: [edi('sent', 25, '856')],
      settings: { overrides: [{ when: { customer: 'ACME' }, rules: { ASN_MISSING: { isOn: true } } }] },
    },
  ],
  [
    'has a document that nobody acknowledges',
    {
      code: 'EDI_UNACKED',
      events: [ordered, validated, edi('sent', 5, '855')],
      alarmsAt: 5 + DAY,
      about: 'WMS/41',
      passes: [edi('acknowledged', DAY + 9, '855')],
    },
  ],
  [
    'has a document that a partner must answer sooner',
    {
      code: 'EDI_UNACKED',
      events: [ordered, validated, edi('sent', 5, '855')],
      alarmsAt: 35,
      about: 'WMS/41',
      passes: [edi('sent', 40, '855', '42')],
      settings: { rules: { EDI_UNACKED: { byPartner: { WMS: { minutes: 30 } } } } },
    },
  ],
  [
    'has a document that was refused',
    {
      code: 'EDI_REJECTED',
      events: [ordered, validated, edi('sent', 5, '856'), edi('rejected', 9, '856')],
      alarmsAt: 9,
      about: 'WMS/41',
      passes: [edi('sent', 12, '856', '42')],
    },
  ],
  [
    'has a quantity in an unknown unit',
    {
      code: 'UOM_UNKNOWN',
      events: [ordered, validated, fact('shipped', 5, 'shp_1', '1', { qty: { value: '1', uom: 'BOX' } })],
      alarmsAt: 15,
      about: `${ORDER}/1`,
      passes: [fact('shipped', 20, 'shp_1', '10')],
    },
  ],
  ['is not there, and events of it are', { code: 'ORPHAN_EVENT', events: [shipped], alarmsAt: 35, passes: [ordered] }],
  [
    'ships too much',
    {
      code: 'OVERSHIPPED',
      events: [ordered, validated, shipped, fact('shipped', 7, 'odoo:p::7', '10')],
      alarmsAt: 17,
      about: `${ORDER}/1`,
      passes: [event('xref.linked', 20, { entity: 'shipment', keys: ['shp_1', 'odoo:p::7'] })],
    },
  ],
  [
    'is picked for more than is due',
    {
      code: 'PICKED_MORE_THAN_DUE',
      events: [ordered, validated, fact('picked', 5, 'shp_1', '12')],
      alarmsAt: 15,
      about: `${ORDER}/1`,
      passes: [fact('picked', 20, 'shp_1', '10', { rev: 1 })],
    },
  ],
  [
    'is cancelled when it has left',
    {
      code: 'CANCEL_AFTER_SHIP',
      events: [ordered, validated, shipped, event('order.cancelled', 8, { orderKey: ORDER })],
      alarmsAt: 18,
      passes: [event('shipment.voided', 20, { shipmentKey: 'shp_1' })],
    },
  ],
  [
    'has links that contradict',
    {
      code: 'LINK_CONFLICT',
      events: [ordered, validated, event('xref.linked', 7, { entity: 'shipment', keys: ['shp_1', 'shp_2'] })],
      alarmsAt: 17,
      about: 'shp_1, shp_2',
      passes: [event('xref.unlinked', 20, { entity: 'shipment', keys: ['shp_1', 'shp_2'], rev: 1 })],
    },
  ],
];

describe('an order that', () => {
  it.each(stories.map(([title, story]) => [title, story.code, story] as const))('%s: %s', (_, __, story) =>
    tell(story),
  );

  it('is in no story is not watched: every rule that watches has one', () => {
    const watching = orderRules.filter(({ causes }) => causes.some(({ kind }) => kind !== 'reported'));
    const told = new Set(stories.map(([, { code }]) => code));
    expect(watching.map(({ code }) => code).filter((code) => !told.has(code))).toEqual(['EVENT_CONFLICT']);
  });
});
