import Type from 'typebox';
import { defineEvent } from '../define-event.ts';
import { item, maybe, moment, money, party, quantity, record, statement, text } from '../schema-parts.ts';

const quoteKey = text('Key of the quote; it stays when the order is made from it.');

export const quoteCreated = defineEvent({
  name: 'quote.created',
  group: 'Pre-order',
  summary: 'An offer was made to a customer.',
  data: record({
    quoteKey,
    validUntil: maybe(moment()),
    parties: maybe(Type.Array(party, { maxItems: 20 })),
    total: maybe(money),
    lines: maybe(Type.Array(record({ item, qty: quantity, price: maybe(money) }), { maxItems: 10_000 })),
    ...statement,
  }),
  example: {
    quoteKey: 'quo_01JD7',
    validUntil: '2026-12-23T00:00:00Z',
    total: { amount: '1250.00', currency: 'EUR' },
    lines: [{ item: { sku: 'A-100' }, qty: { value: '100', uom: 'EA' }, price: { amount: '12.50', currency: 'EUR' } }],
    reportedBy: 'crm',
  },
});

export const quoteAccepted = defineEvent({
  name: 'quote.accepted',
  group: 'Pre-order',
  summary: 'The customer took the offer; an order is to follow.',
  data: record({ quoteKey, customerOrderNo: maybe(text()), ...statement }),
  example: { quoteKey: 'quo_01JD7', customerOrderNo: '4500012345', reportedBy: 'crm' },
});

export const quoteLost = defineEvent({
  name: 'quote.lost',
  group: 'Pre-order',
  summary: 'The offer was declined or ran out.',
  data: record({ quoteKey, reason: maybe(text()), ...statement }),
  example: { quoteKey: 'quo_01JD7', reason: 'Price', reportedBy: 'crm' },
});
