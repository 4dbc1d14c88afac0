import { choice, configSchema, defaultedField, defineNodeType, field } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { headerValues } from '../../http/header-values.ts';
import { NATS } from '../connector.ts';
import { subjectToPublish } from '../subject.ts';

export const natsPublish = defineNodeType({
  type: 'nats.publish',
  typeVersion: 1,
  kind: 'action',
  status: 'stable',
  connector: NATS,
  title: 'Send NATS message',
  summary: 'Publish a message on a NATS subject.',
  icon: 'send',
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  line: '{subject}',
  simulated: { subject: 'simulated' },
  config: configSchema({
    subject: field(Type.String({ minLength: 1, ...subjectToPublish }), {
      title: 'Subject',
      description: 'Where to; {env} stands for the name of the environment.',
      examples: ['erp.{env}.orders.created'],
      'x-expression': true,
    }),
    payload: defaultedField(Type.Unknown(), '= $', {
      title: 'Payload',
      description: 'Text is sent as it is, anything else as JSON; "= $" sends the payload.',
      'x-expression': true,
      'x-widget': 'json',
    }),
    headers: defaultedField(
      headerValues({ except: 'nats-' }),
      {},
      {
        title: 'Headers',
        description:
          'Headers to send, by name, none that begins with Nats-. A value that begins with = is an expression.',
        'x-widget': 'headers',
      },
    ),
    confirm: defaultedField(choice('stream', 'none'), 'none', {
      title: 'Confirmation',
      description:
        'By a stream: a JetStream stream must store the message, or the node fails. None: it is sent to whoever listens.',
      'x-labels': { stream: 'By a stream', none: 'None' },
    }),
  }),
  examples: [
    { title: 'Tell who listens', config: { subject: 'erp.{env}.orders.created', payload: '= $' } },
    {
      title: 'Stored by a stream, by customer',
      config: { subject: "= 'crm.orders.' & customer.id", headers: { 'x-order': '= orderNo' }, confirm: 'stream' },
    },
  ],
  docs: `The message goes to the NATS that Crossdock runs on. Every attempt carries the same \`Nats-Msg-Id\`, so that a stream stores it once
within its duplicate window. The output is \`{subject}\`, with *Confirmation: stream* also \`stream\` and \`seq\`. Without it nobody knows whether anyone listened.`,
});
