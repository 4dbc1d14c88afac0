import { type ConfigOf, configSchema, defineNodeType, field, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { NATS } from '../connector.ts';
import { subjectToHear } from '../subject.ts';

export const natsSubscribe = defineNodeType({
  type: 'nats.subscribe',
  typeVersion: 1,
  kind: 'trigger',
  status: 'stable',
  connector: NATS,
  title: 'NATS message',
  summary: 'Start an execution for each message on a NATS subject.',
  icon: 'broadcast',
  handles: { in: [], out: ['out'] },
  effect: 'none',
  line: '{subject}',
  errors: ['DATA_KEY', 'DATA_TOO_LARGE'],
  config: configSchema({
    subject: field(Type.String({ minLength: 1, ...subjectToHear }), {
      title: 'Subject',
      description: '* stands for one part, > for all that follow, {env} for the name of the environment.',
      examples: ['shop.{env}.orders.>'],
    }),
    stream: optionalField(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: '^[^\\s.*>/\\\\]+$',
        'x-pattern-reason': 'must be the name of a stream: no spaces and none of . * > / \\',
      }),
      {
        title: 'Stream',
        description:
          'The JetStream stream that keeps the subject. With it no message is missed; left out, those are that come while Crossdock is down.',
      },
    ),
  }),
  examples: [
    { title: 'Every order of the shop, none missed', config: { subject: 'shop.{env}.orders.>', stream: 'SHOP' } },
    { title: 'Only while listening', config: { subject: 'scanner.events' } },
  ],
  docs: `Messages come from the NATS that Crossdock runs on. The output is the message's payload: JSON as its value (large numbers as
strings, digit for digit), anything else as \`{"$blob": …}\`. Its headers are in \`$meta.headers\`, names in lower case, the subject it came
on as \`nats-subject\`.

With a stream, each message is taken once by all workers together, is acknowledged only after its execution is stored, and is the same
execution however often it is delivered. The first deployment begins with messages that come from then on (on a
work queue with those that wait there). Who sends a request gets \`{"executionId": …}\` as its reply, with \`error\` where the message cannot run.`,
});

/** As the runtime reads it, defaults filled. */
export type NatsSubscribeConfig = ConfigOf<typeof natsSubscribe>;
