import {
  type ConfigOf,
  choice,
  configSchema,
  defaultedField,
  defineNodeType,
  field,
  optionalField,
} from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { SCHEDULE } from '../connector.ts';

const DAY_MS = 86_400_000;

export const schedule = defineNodeType({
  type: 'schedule',
  typeVersion: 1,
  kind: 'trigger',
  status: 'stable',
  connector: SCHEDULE,
  title: 'Schedule',
  summary: 'Start an execution at set times.',
  icon: 'calendar-time',
  handles: { in: [], out: ['out'] },
  effect: 'none',
  line: '{cron}, {timeZone}',
  config: configSchema({
    cron: field(Type.String({ minLength: 1, maxLength: 200 }), {
      title: 'Cron expression',
      description: 'Minute, hour, day of the month, month, day of the week; with six fields the first is the second.',
      examples: ['0 6 * * 1-5', '*/15 * * * *'],
      'x-format': 'cron',
    }),
    timeZone: defaultedField(Type.String({ minLength: 1, maxLength: 100 }), 'UTC', {
      title: 'Time zone',
      description: 'IANA name of the place whose clock counts, such as Europe/Berlin.',
      examples: ['Europe/Berlin', 'America/New_York'],
      'x-format': 'time-zone',
    }),
    catchUp: defaultedField(choice('all', 'last', 'none'), 'last', {
      title: 'After downtime',
      description: 'Which of the times that were missed are run late.',
      'x-labels': { all: 'All of them, in order', last: 'The last of them', none: 'None' },
    }),
    maxLatenessMs: defaultedField(Type.Integer({ minimum: 0, maximum: 30 * DAY_MS }), DAY_MS, {
      title: 'Late by at most',
      description: 'A time missed longer ago than this is not run late.',
      'x-when': { field: 'catchUp', is: ['all', 'last'] },
    }),
    dst: defaultedField(choice('once', 'skip'), 'once', {
      title: 'When the clock is put forward',
      description: 'What becomes of a time that the clock leaves out.',
      'x-labels': { once: 'Run once, right after the change', skip: 'Skip it that day' },
    }),
    payload: optionalField(Type.Unknown(), {
      title: 'Payload',
      description: 'Any JSON; each execution gets it as "payload".',
      'x-widget': 'json',
    }),
  }),
  examples: [
    { title: 'Every weekday at six in the morning', config: { cron: '0 6 * * 1-5', timeZone: 'Europe/Berlin' } },
    { title: 'Every quarter of an hour, nothing late', config: { cron: '*/15 * * * *', catchUp: 'none' } },
    {
      title: 'Month end, with a payload',
      config: { cron: '0 22 L * *', timeZone: 'America/New_York', payload: { report: 'sales' } },
    },
  ],
  docs: `The output is \`{scheduledAt, timeZone, nodeId, payload}\`: the time it was due for (RFC 3339, UTC), the zone, this node's id, and the
payload set above, if any. Each time is run exactly once, by whichever worker is there. A newly deployed schedule begins with the next time, never with a past one.

Expressions may hold lists (\`1,15\`), ranges (\`1-5\`), steps (\`*/5\`), names (\`MON\`, \`JAN\`), \`L\` for the last day of the month and \`MON#1\` for
the first Monday. Where day of the month and day of the week are both given, either is enough.

When clocks change: a schedule that names hours runs once for each time of day. A time that the clock leaves out in spring runs right after
(or not at all, see above); one that it shows twice in autumn runs the first time. A schedule for every hour (\`*\` as hour) simply goes on.`,
});

/** As the runtime reads it, defaults filled. */
export type ScheduleConfig = ConfigOf<typeof schedule>;
