import { type ConfigOf, configSchema, defineNodeType, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { EVENT } from '../connector.ts';

export const eventReceived = defineNodeType({
  type: 'event.received',
  typeVersion: 1,
  kind: 'trigger',
  status: 'beta',
  connector: EVENT,
  title: 'Event received',
  summary: 'Start an execution for each event of an order, whichever flow or person told it.',
  icon: 'bolt',
  handles: { in: [], out: ['out'] },
  effect: 'none',
  line: '{types}',
  errors: ['DATA_KEY'],
  config: configSchema({
    types: optionalField(
      Type.Array(
        Type.String({
          minLength: 1,
          maxLength: 200,
          pattern: '^\\S+$',
          'x-pattern-reason': 'must be the name of an event type, without spaces',
        }),
        { minItems: 1, maxItems: 100, uniqueItems: true },
      ),
      {
        title: 'Types',
        description: 'Start for events of these types; left out, for every event.',
        examples: [['com.platform.order.confirmed.v1']],
      },
    ),
  }),
  examples: [
    {
      title: 'Goods that left',
      config: { types: ['com.platform.order.line.shipped.v1', 'com.platform.shipment.created.v1'] },
    },
    { title: 'Everything that happens to orders', config: {} },
  ],
  docs: `The output is the event, a CloudEvent (1.0) of the environment; \`partitionkey\` is the key of its order, \`recordedtime\` is when it was stored.
Masked values are dots, as in the lists that people see. Each event starts one execution, however often it is delivered; those of one order are stored in
their order, and run in it where the flow's ordering key is \`partitionkey\`.

The first deployment begins with events that are stored from then on; a later one goes on where the last one stopped, unless the flow was off for
30 days. What the flow itself emits under its own default source starts nothing, so that it does not go round.`,
});

/** As the runtime reads it. */
export type EventReceivedConfig = ConfigOf<typeof eventReceived>;
