import Type from 'typebox';
import { defineEvent } from '../define-event.ts';
import { maybe, moment, money, oneOf, record, ref, statement, text } from '../schema-parts.ts';

const shipmentKey = text('Key of the shipment; the factKey of what it carries.');
const shipment = {
  shipmentKey,
  carrier: maybe(text('Code of the carrier, such as UPSN.')),
  service: maybe(text()),
  mode: maybe(oneOf(['parcel', 'ltl', 'ftl', 'other'])),
  tracking: maybe(Type.Array(text(), { maxItems: 1000 })),
  billOfLading: maybe(text()),
  estimatedAt: maybe(moment('When it should arrive.')),
  refs: maybe(Type.Array(ref, { maxItems: 200 })),
  ...statement,
} as const;

export const shipmentCreated = defineEvent({
  name: 'shipment.created',
  group: 'Documents',
  summary: 'A shipment was set up; a label is no proof that it left.',
  data: record(shipment),
  example: {
    shipmentKey: 'shp_01JD9',
    carrier: 'UPSN',
    mode: 'parcel',
    tracking: ['1Z999AA10123456784'],
    reportedBy: 'wms',
  },
});

export const shipmentUpdated = defineEvent({
  name: 'shipment.updated',
  group: 'Documents',
  summary: 'Something about a shipment changed; says the whole of it.',
  data: record(shipment),
  example: {
    shipmentKey: 'shp_01JD9',
    carrier: 'UPSN',
    estimatedAt: '2026-11-26T12:00:00Z',
    rev: 1,
    reportedBy: 'erp',
  },
});

export const shipmentVoided = defineEvent({
  name: 'shipment.voided',
  group: 'Documents',
  summary: 'A shipment was called off before it left; what was said to be packed and shipped in it does not count.',
  data: record({ shipmentKey, reason: maybe(text()), ...statement }),
  example: { shipmentKey: 'shp_01JD9', reason: 'Label made twice', rev: 2, reportedBy: 'wms' },
});

export const shipmentTracking = defineEvent({
  name: 'shipment.tracking',
  group: 'Documents',
  summary: 'A scan of the carrier.',
  data: record({
    shipmentKey,
    tracking: maybe(text()),
    status: oneOf(['pre_transit', 'in_transit', 'out_for_delivery', 'delivered', 'exception', 'returned', 'unknown']),
    code: maybe(text('As the carrier says it.')),
    location: maybe(text()),
    estimatedAt: maybe(moment()),
    ...statement,
  }),
  example: {
    shipmentKey: 'shp_01JD9',
    tracking: '1Z999AA10123456784',
    status: 'in_transit',
    code: 'DP',
    location: 'Hamburg',
    reportedBy: 'carrier',
  },
});

const invoiceKey = text('Key of the invoice; the factKey of what it bills.');

export const invoicePosted = defineEvent({
  name: 'invoice.posted',
  group: 'Documents',
  summary: 'An invoice became final.',
  data: record({ invoiceKey, number: maybe(text()), total: maybe(money), dueAt: maybe(moment()), ...statement }),
  example: { invoiceKey: 'inv_01JDA', number: 'INV/2026/0007', total: { amount: '1500.00', currency: 'EUR' } },
});

export const invoicePaid = defineEvent({
  name: 'invoice.paid',
  group: 'Documents',
  summary: 'An invoice was paid in full.',
  data: record({ invoiceKey, paid: maybe(money), ...statement }),
  example: { invoiceKey: 'inv_01JDA', rev: 1, reportedBy: 'finance' },
});

export const invoiceReversed = defineEvent({
  name: 'invoice.reversed',
  group: 'Documents',
  summary: 'An invoice was taken back; what it billed counts as not billed.',
  data: record({ invoiceKey, reason: maybe(text()), ...statement }),
  example: { invoiceKey: 'inv_01JDA', reason: 'Wrong price', rev: 2, reportedBy: 'erp' },
});

const returnKey = text('Key of the return; the factKey of what comes back.');

export const returnAuthorized = defineEvent({
  name: 'return.authorized',
  group: 'Documents',
  summary: 'The customer may send goods back.',
  data: record({ returnKey, number: maybe(text()), reason: maybe(text()), ...statement }),
  example: { returnKey: 'rma_01JDC', number: 'RMA-17', reason: 'Damaged' },
});

export const returnClosed = defineEvent({
  name: 'return.closed',
  group: 'Documents',
  summary: 'The return is settled.',
  data: record({ returnKey, reason: maybe(text()), ...statement }),
  example: { returnKey: 'rma_01JDC', rev: 1 },
});

const interchange = {
  partner: text(),
  control: text('Control number of the interchange.'),
  document: maybe(text('Transaction set or message type, such as 850.', 20)),
  about: maybe(text('Key of what the document is about, such as a shipment.')),
  ...statement,
} as const;

export const ediReceived = defineEvent({
  name: 'edi.interchange.received',
  group: 'Documents',
  summary: 'An EDI interchange came in.',
  data: record(interchange),
  example: { partner: 'ACME', control: '000000905', document: '850' },
});

export const ediSent = defineEvent({
  name: 'edi.sent',
  group: 'Documents',
  summary: 'An EDI document was sent to a partner, who is to answer it.',
  data: record(interchange),
  example: { partner: 'WMS-EAST', control: '000000041', document: '940', about: 'shp_01JD9' },
});

export const ediAcknowledged = defineEvent({
  name: 'edi.acknowledged',
  group: 'Documents',
  summary: 'The partner took an EDI document.',
  data: record(interchange),
  example: { partner: 'ACME', control: '000000042', document: '856', about: 'shp_01JD9' },
});

export const ediRejected = defineEvent({
  name: 'edi.rejected',
  group: 'Documents',
  summary: 'The partner refused an EDI document.',
  data: record({ ...interchange, reason: maybe(text()) }),
  example: { partner: 'ACME', control: '000000042', document: '856', reason: 'SSCC missing' },
});
