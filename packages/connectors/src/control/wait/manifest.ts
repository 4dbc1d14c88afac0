import {
  choice,
  configSchema,
  defaultedField,
  defineNodeType,
  optionalField,
  ruleWhere,
} from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { eventKey } from '../../event/event-key.ts';
import { CONTROL } from '../connector.ts';
import { LONGEST_WAIT_MS } from '../longest-wait.ts';

export const wait = defineNodeType({
  type: 'wait',
  typeVersion: 1,
  kind: 'control',
  status: 'stable',
  connector: CONTROL,
  title: 'Wait',
  summary: 'Hold the message back for a time, until a moment, or until an event comes.',
  icon: 'hourglass',
  handles: { in: ['in'], out: ['out', 'timeout'] },
  effect: 'none',
  control: 'wait',
  line: 'For {durationMs} | Until {until} | For event {eventType} of {key} | For event of {key} | For {for}',
  errors: ['DATA_KEY', 'RUN_WAIT_TIMED_OUT'],
  config: configSchema(
    {
      for: defaultedField(choice('duration', 'until', 'event'), 'duration', {
        title: 'Wait for',
        description: 'An event is one about the same thing, such as an order.',
        'x-labels': { duration: 'Some time', until: 'A moment', event: 'An event' },
      }),
      durationMs: optionalField(Type.Integer({ minimum: 0, maximum: LONGEST_WAIT_MS }), {
        title: 'Duration',
        description: 'How long, a year at most.',
        'x-expression': true,
        'x-when': { field: 'for', is: ['duration'] },
      }),
      until: optionalField(Type.String({ format: 'date-time' }), {
        title: 'Until',
        description:
          'A time with its offset from UTC, such as 2026-03-29T08:00:00Z. One that is past waits for nothing.',
        examples: ['= promisedAt'],
        'x-expression': true,
        'x-when': { field: 'for', is: ['until'] },
      }),
      key: optionalField(eventKey(), {
        title: 'Key',
        description: 'The order key of the event, as the Emit event node has it.',
        examples: ['= orderNo'],
        'x-expression': true,
        'x-when': { field: 'for', is: ['event'] },
      }),
      eventType: optionalField(Type.String({ minLength: 1, maxLength: 200 }), {
        title: 'Event type',
        description: 'Only events of this type; left out, any event with the key.',
        examples: ['com.platform.order.confirmed.v1'],
        'x-when': { field: 'for', is: ['event'] },
      }),
      timeoutMs: optionalField(Type.Integer({ minimum: 1, maximum: LONGEST_WAIT_MS }), {
        title: 'At most',
        description:
          'After this long without the event the message leaves by "timeout". Left out, only the time limit of the flow ends the wait.',
        'x-expression': true,
        'x-when': { field: 'for', is: ['event'] },
      }),
    },
    {
      allOf: [
        ruleWhere('for', 'duration', { required: ['durationMs'] }),
        ruleWhere('for', 'until', { required: ['until'] }),
        ruleWhere('for', 'event', { required: ['key'] }),
      ],
    },
  ),
  examples: [
    { title: 'Ten minutes', config: { for: 'duration', durationMs: 600_000 } },
    { title: 'Until the promised date', config: { for: 'until', until: '= promisedAt' } },
    {
      title: 'Until the order is confirmed, two days at most',
      config: {
        for: 'event',
        key: '= orderNo',
        eventType: 'com.platform.order.confirmed.v1',
        timeoutMs: 172_800_000,
      },
    },
  ],
  docs: `Waiting holds nothing in memory and survives restarts. The time counts against the flow's own time limit (24 h unless its settings say
otherwise), so raise that for long waits.

After *duration* and *until* the message leaves unchanged. An *event* leaves in its place, as a CloudEvent; the first one counts that came
since the execution's trigger, also one that came before this node was reached. When the time is up the message leaves by
\`timeout\`; where nothing is connected there, the node fails with \`RUN_WAIT_TIMED_OUT\`.`,
});
