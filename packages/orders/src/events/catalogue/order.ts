import Type, { type Static } from 'typebox';
import { defineEvent } from '../define-event.ts';
import {
  factor,
  item,
  maybe,
  moment,
  money,
  oneOf,
  party,
  path,
  quantity,
  record,
  ref,
  statement,
  text,
} from '../schema-parts.ts';

const window = record({
  from: maybe(moment()),
  to: moment(),
  basis: maybe(oneOf(['ship', 'deliver'], 'Whether the goods leave or arrive by then. Left out: arrive.')),
});

const component = record({
  lineKey: text('Key of its own, by which facts about the component come.'),
  item,
  ratio: Type.String({ ...factor, description: 'So many of the component make one of the kit.' }),
});

export const orderLine = Type.Object(
  {
    lineKey: text('Our stable key of the line; never the SKU alone, which may stand on an order twice.'),
    customerLineNo: maybe(text()),
    item: maybe(item),
    qty: quantity,
    price: maybe(money),
    requested: maybe(window),
    promised: maybe(window),
    path: maybe(path),
    requiresFulfilment: maybe(
      Type.Boolean({ description: 'False for services and charges, which are only billed. Left out: true.' }),
    ),
    components: maybe(Type.Array(component, { minItems: 1, maxItems: 500 })),
  },
  { title: 'Order line', additionalProperties: false },
);

export type OrderLine = Static<typeof orderLine>;

const header = {
  channel: maybe(text()),
  customerOrderNo: maybe(text()),
  orderedAt: maybe(moment()),
  requestedDelivery: maybe(window),
  promised: maybe(window),
  shipComplete: maybe(Type.Boolean({ description: 'The customer takes no part shipments.' })),
  releaseAt: maybe(moment('Not to be worked on before, for orders placed for later.')),
  cancelAfter: maybe(moment()),
  currency: maybe(money.properties.currency),
  total: maybe(money),
  parties: maybe(Type.Array(party, { maxItems: 50 })),
  charges: maybe(Type.Array(record({ code: text(), amount: money }), { maxItems: 500 })),
  refs: maybe(Type.Array(ref, { maxItems: 200 })),
} as const;

const lines = Type.Array(orderLine, { maxItems: 10_000 });
const orderKey = text('Our key of the order.');

export const orderReceived = defineEvent({
  name: 'order.received',
  group: 'Order',
  summary: 'A customer ordered, as the channel says it.',
  data: record({
    orderKey,
    ...header,
    quoteKey: maybe(text('Key of the quote that it was made from.')),
    lines,
    ...statement,
  }),
  example: {
    orderKey: 'ord_01JD8',
    channel: 'edi',
    customerOrderNo: '4500012345',
    orderedAt: '2026-11-23T09:00:00Z',
    requestedDelivery: { to: '2026-11-30T17:00:00Z', basis: 'deliver' },
    shipComplete: false,
    currency: 'EUR',
    parties: [{ role: 'buyer', name: 'Acme' }],
    lines: [
      {
        lineKey: 'ord_01JD8/1',
        customerLineNo: '10',
        item: { sku: 'A-100' },
        qty: { value: '10', uom: 'CASE', base: '120', baseUom: 'EA' },
        price: { amount: '12.50', currency: 'EUR' },
      },
      { lineKey: 'ord_01JD8/2', item: { sku: 'FREIGHT' }, qty: { value: '1', uom: 'EA' }, requiresFulfilment: false },
    ],
    reportedBy: 'channel',
  },
});

export const orderAmended = defineEvent({
  name: 'order.amended',
  group: 'Order',
  summary: 'What was ordered changed; says the whole of each line that changed, and the head fields that did.',
  data: record({ orderKey, ...header, lines: maybe(lines), reason: maybe(text()), ...statement }),
  example: {
    orderKey: 'ord_01JD8',
    rev: 1,
    lines: [{ lineKey: 'ord_01JD8/1', item: { sku: 'A-100' }, qty: { value: '100', uom: 'EA' } }],
    reason: 'The customer wants fewer.',
    reportedBy: 'channel',
  },
});

const noted = { orderKey, reason: maybe(text()), ref: maybe(ref), ...statement } as const;

export const orderValidated = defineEvent({
  name: 'order.validated',
  group: 'Order',
  summary: 'The order passed the checks: items, prices, addresses, units.',
  data: record(noted),
  example: { orderKey: 'ord_01JD8', reportedBy: 'platform' },
});

export const orderRejected = defineEvent({
  name: 'order.rejected',
  group: 'Order',
  summary: 'The order was refused as a whole.',
  data: record(noted),
  example: { orderKey: 'ord_01JD8', reason: 'Unknown customer', reportedBy: 'erp' },
});

export const orderConfirmed = defineEvent({
  name: 'order.confirmed',
  group: 'Order',
  summary: 'The ERP accepted the order.',
  data: record({ ...noted, promised: maybe(window) }),
  example: { orderKey: 'ord_01JD8', ref: { system: 'odoo', type: 'sale.order', id: '88' }, reportedBy: 'erp' },
});

export const orderCancelled = defineEvent({
  name: 'order.cancelled',
  group: 'Order',
  summary: 'The order was called off as a whole.',
  data: record(noted),
  example: { orderKey: 'ord_01JD8', reason: 'By the customer', reportedBy: 'channel' },
});

export const orderClosed = defineEvent({
  name: 'order.closed',
  group: 'Order',
  summary: 'Nothing more is expected of the order.',
  data: record(noted),
  example: { orderKey: 'ord_01JD8', reportedBy: 'erp' },
});

export const promiseChanged = defineEvent({
  name: 'promise.changed',
  group: 'Control',
  summary: 'The date promised for the order, or for one of its lines, changed.',
  data: record({ orderKey, lineKey: maybe(text()), promised: window, reason: maybe(text()), ...statement }),
  example: { orderKey: 'ord_01JD8', promised: { to: '2026-12-02T17:00:00Z' }, reportedBy: 'erp' },
});
