import { configSchema, defaultedField, defineNodeType, field, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { EVENT } from '../connector.ts';
import { eventKey } from '../event-key.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const eventEmit = defineNodeType({
  type: 'event.emit',
  typeVersion: 1,
  kind: 'action',
  status: 'stable',
  connector: EVENT,
  title: 'Emit event',
  summary: 'Record that something happened to an order, for flows that wait for it and for the order itself.',
  icon: 'bolt',
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  errors: ['DATA_EVENT_INVALID'],
  line: '{type} of {key}',
  simulated: {
    specversion: '1.0',
    id: 'simulated',
    source: 'urn:crossdock:simulated',
    type: 'simulated',
    time: '2026-01-01T00:00:00.000Z',
  },
  config: configSchema({
    type: field(
      Type.String({
        minLength: 1,
        maxLength: 200,
        pattern: '^\\S+$',
        'x-pattern-reason': 'must be the name of an event type, without spaces',
      }),
      {
        title: 'Type',
        description: 'What happened, as a name that says whose it is and its version.',
        examples: ['com.platform.order.confirmed.v1'],
        'x-expression': true,
      },
    ),
    key: field(eventKey(), {
      title: 'Order key',
      description: 'Says which events belong together: the order number, as every flow about that order has it.',
      examples: ['= orderNo'],
      'x-expression': true,
    }),
    data: defaultedField(Type.Unknown(), '= $', {
      title: 'Data',
      description: 'What there is to say about it; "= $" takes the payload.',
      'x-expression': true,
      'x-widget': 'json',
    }),
    subject: optionalField(text(500), {
      title: 'Subject',
      description: 'What exactly it happened to, such as order/4711 or shipment/7.',
      'x-expression': true,
    }),
    time: optionalField(Type.String({ format: 'date-time' }), {
      title: 'Time',
      description: 'When it happened, with the offset from UTC. Left out: when the execution was accepted.',
      examples: ['= confirmedAt'],
      'x-expression': true,
    }),
    id: optionalField(text(500), {
      title: 'Event id',
      description:
        'Names the fact, such as the id of a document and its version: the same event is stored once, whoever emits it. Left out, each execution of this node emits its own.',
      examples: ["= 'odoo:sale.order:' & $string(id) & ':confirmed'"],
      'x-expression': true,
    }),
    source: defaultedField(text(500), "= 'urn:crossdock:' & $meta.env & ':' & $meta.flowId", {
      title: 'Source',
      description: 'Who says so, as a URI.',
      'x-expression': true,
    }),
  }),
  examples: [
    {
      title: 'An order was confirmed',
      config: {
        type: 'com.platform.order.confirmed.v1',
        key: '= orderNo',
        data: "= { 'orderKey': orderNo, 'reportedBy': 'erp' }",
      },
    },
    {
      title: 'A shipment is on its way, told by the carrier',
      config: {
        type: 'com.platform.shipment.tracking.v1',
        key: '= orderNo',
        subject: "= 'shipment/' & trackingNo",
        time: '= shippedAt',
        id: "= 'dhl:' & trackingNo & ':' & shippedAt & ':in_transit'",
        source: '//carriers/dhl',
        data: "= { 'shipmentKey': 'dhl:shipment::' & trackingNo, 'tracking': trackingNo, 'status': 'in_transit', 'reportedBy': 'carrier' }",
      },
    },
  ],
  docs: `The event is a CloudEvent (1.0) in the environment it was emitted in; it is also the output. A repeated attempt, or a replay with the same
keys, emits the same event, and it is stored once. Wait nodes that wait for its key go on.

The data of an event of the catalogue must fit its schema, or the node fails and names the fields; types of your own say what they like. Exceptions
whose \`exceptionId\` begins with \`rule:\` are those of the order rules: an event about one is refused.

Its \`partitionkey\` is the key; its \`executionid\` and \`traceparent\` lead back to the execution.`,
});
