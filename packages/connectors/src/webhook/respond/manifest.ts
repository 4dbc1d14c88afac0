import { configSchema, defaultedField, defineNodeType } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { headerValues } from '../../http/header-values.ts';
import { WEBHOOK } from '../connector.ts';

export const respond = defineNodeType({
  type: 'respond',
  typeVersion: 1,
  kind: 'control',
  status: 'stable',
  connector: WEBHOOK,
  title: 'Respond',
  summary: 'Answer the caller who waits at the webhook.',
  icon: 'arrow-back-up',
  handles: { in: ['in'], out: ['out'] },
  effect: 'reply',
  line: 'Answer {status}',
  config: configSchema({
    status: defaultedField(Type.Integer({ minimum: 200, maximum: 599 }), 200, {
      title: 'Status',
      description: 'HTTP status of the answer.',
      'x-expression': true,
    }),
    headers: defaultedField(
      headerValues(),
      {},
      {
        title: 'Headers',
        description: 'Headers of the answer, by name. A value that begins with = is an expression.',
        'x-widget': 'headers',
      },
    ),
    body: defaultedField(Type.Unknown(), '= $', {
      title: 'Body',
      description:
        'What the caller gets, sent as JSON; a string is sent as it is when a header names another content type.',
      'x-expression': true,
      'x-widget': 'json',
    }),
  }),
  examples: [
    { title: 'Answer with the payload', config: { status: 200, body: '= $' } },
    { title: 'Say that the order is unknown', config: { status: 404, body: { message: 'no such order' } } },
  ],
  docs: `Needs a webhook with *Answer: respond*. The first answer counts; where nobody waits (any more) the node does nothing. Its output is its
input, so that a flow can answer first and work on afterwards.`,
});
