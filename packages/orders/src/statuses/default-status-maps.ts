import type { OrderEventType } from '../events/catalogue/index.ts';
import type { StatusEntry } from './status-map.ts';

type Meaning = OrderEventType | null;

const entries = (document: string, meanings: Readonly<Record<string, Meaning>>): StatusEntry[] =>
  Object.entries(meanings).map(([status, event]) => ({ document, status, event }));

const TRACKING = 'com.platform.shipment.tracking.v1';
const DELIVERED = 'com.platform.order.line.delivered.v1';
const SHIPPED = 'com.platform.order.line.shipped.v1';

/** What is meant in each system until somebody says otherwise: states that change nothing about an order are mapped to no event. */
export const DEFAULT_STATUS_MAPS: Readonly<Record<string, readonly StatusEntry[]>> = {
  odoo: [
    ...entries('sale.order', {
      draft: null,
      sent: null,
      sale: 'com.platform.order.confirmed.v1',
      // Up to Odoo 16; later ones lock an order instead.
      done: 'com.platform.order.closed.v1',
      cancel: 'com.platform.order.cancelled.v1',
    }),
    ...entries('stock.picking', {
      draft: null,
      waiting: null,
      confirmed: null,
      assigned: 'com.platform.order.line.allocated.v1',
      done: SHIPPED,
      cancel: 'com.platform.shipment.voided.v1',
    }),
    ...entries('stock.move', {
      draft: null,
      waiting: null,
      confirmed: null,
      partially_available: 'com.platform.order.line.allocated.v1',
      assigned: 'com.platform.order.line.allocated.v1',
      done: SHIPPED,
      cancel: 'com.platform.order.line.deallocated.v1',
    }),
    ...entries('account.move', {
      draft: null,
      posted: 'com.platform.invoice.posted.v1',
      cancel: 'com.platform.invoice.reversed.v1',
    }),
    ...entries('account.move.payment', {
      not_paid: null,
      in_payment: null,
      partial: null,
      paid: 'com.platform.invoice.paid.v1',
      reversed: 'com.platform.invoice.reversed.v1',
    }),
  ],
  easypost: entries('', {
    unknown: null,
    pre_transit: TRACKING,
    in_transit: TRACKING,
    out_for_delivery: TRACKING,
    available_for_pickup: TRACKING,
    delivered: DELIVERED,
    return_to_sender: TRACKING,
    failure: TRACKING,
    cancelled: 'com.platform.shipment.voided.v1',
    error: null,
  }),
  shippo: entries('', {
    UNKNOWN: null,
    PRE_TRANSIT: TRACKING,
    TRANSIT: TRACKING,
    DELIVERED,
    RETURNED: TRACKING,
    FAILURE: TRACKING,
  }),
  ups: entries('', { M: TRACKING, MV: TRACKING, X: TRACKING, I: TRACKING, U: TRACKING, D: DELIVERED }),
  crm: entries('quote', {
    Draft: null,
    Presented: 'com.platform.quote.created.v1',
    Accepted: 'com.platform.quote.accepted.v1',
    Denied: 'com.platform.quote.lost.v1',
    Expired: 'com.platform.quote.lost.v1',
  }),
  wms: entries('', {
    'Order Allocated': 'com.platform.order.line.allocated.v1',
    'Order Packed Out': 'com.platform.order.line.packed.v1',
    'Shipment Update': SHIPPED,
    'Inventory Update': 'com.platform.inventory.observed.v1',
  }),
};
