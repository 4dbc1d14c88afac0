import Type, { type Static } from 'typebox';
import { ALARM_KIND_NAMES } from './alarm-kinds.ts';
import * as s from './schemas.ts';

const Name = Type.String({ minLength: 1, maxLength: 100 });
const ChannelIds = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 });
const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Hours and minutes: 08:00' });

/** When silence counts: on these days (1 is Monday) between these hours. */
export const AlarmCalendar = Type.Object(
  {
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
    from: Clock,
    to: Clock,
    timeZone: Type.String({ minLength: 1, maxLength: 60, description: 'IANA name: Europe/Berlin' }),
  },
  { additionalProperties: false },
);
export type AlarmCalendar = Static<typeof AlarmCalendar>;

/** What is watched; which settings a kind takes, and between which bounds, is in `ALARM_KINDS`. */
export const AlarmCondition = Type.Object(
  {
    kind: s.literals(ALARM_KIND_NAMES),
    longerThanMs: Type.Optional(Type.Number()),
    windowMs: Type.Optional(Type.Number()),
    withinMs: Type.Optional(Type.Number()),
    percent: Type.Optional(Type.Number()),
    count: Type.Optional(Type.Integer()),
    atLeast: Type.Optional(Type.Integer()),
    calendar: Type.Optional(AlarmCalendar),
  },
  { additionalProperties: false },
);
export type AlarmCondition = Static<typeof AlarmCondition>;

export const ALARM_SEVERITIES = ['info', 'warning', 'critical'] as const;
export const AlarmSeverity = s.literals(ALARM_SEVERITIES);
export type AlarmSeverity = Static<typeof AlarmSeverity>;

const ruleFields = {
  name: Name,
  condition: AlarmCondition,
  env: Type.Union([s.EnvName, Type.Null()], { description: 'Only there; null is everywhere' }),
  flowId: Type.Union([s.FlowId, Type.Null()], { description: 'Only this flow; null is every flow' }),
  severity: AlarmSeverity,
  forMs: Type.Integer({
    minimum: 0,
    maximum: 86_400_000,
    description: 'It fires when the condition holds for so long',
  }),
  renotifyMs: Type.Integer({
    minimum: 0,
    maximum: 30 * 86_400_000,
    description: 'Tells again while it fires, so long after the last time; 0 is never',
  }),
  channels: ChannelIds,
  enabled: Type.Boolean(),
  mutedUntil: Type.Union([s.Timestamp, Type.Null()], { description: 'It goes on being watched, but nobody is told' }),
};
export const AlarmRuleBody = Type.Object(ruleFields, { additionalProperties: false });
export type AlarmRuleBody = Static<typeof AlarmRuleBody>;
export const AlarmRule = Type.Object({
  ruleId: Type.String(),
  ...ruleFields,
  builtIn: Type.Boolean({ description: 'Watched from the start; it can be muted, not removed' }),
  updatedAt: s.Timestamp,
  updatedBy: Type.String(),
});
export type AlarmRule = Static<typeof AlarmRule>;
export const AlarmRules = s.page(AlarmRule);

export const ALARM_TARGET_KINDS = ['email', 'webhook'] as const;
/** Where alarms go: through a connection of an environment, which holds the address and the secrets. */
export const AlarmTarget = Type.Object(
  {
    kind: s.literals(ALARM_TARGET_KINDS),
    env: s.EnvName,
    connection: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'E-mail: a connection of type smtp. Webhook: one of type http with a signing secret',
    }),
    to: Type.Optional(
      Type.Array(Type.String({ format: 'email', maxLength: 254 }), {
        minItems: 1,
        maxItems: 50,
        description: 'E-mail: who gets it',
      }),
    ),
    path: Type.Optional(
      Type.String({ maxLength: 500, description: 'Webhook: put behind the base address of the connection' }),
    ),
  },
  { additionalProperties: false },
);
export type AlarmTarget = Static<typeof AlarmTarget>;
export const AlarmChannelBody = Type.Object({ name: Name, target: AlarmTarget }, { additionalProperties: false });
export type AlarmChannelBody = Static<typeof AlarmChannelBody>;
export const AlarmChannel = Type.Object({
  channelId: Type.String(),
  name: Name,
  target: AlarmTarget,
  rules: Type.Integer({ description: 'Rules that send to it' }),
  updatedAt: s.Timestamp,
  updatedBy: Type.String(),
});
export type AlarmChannel = Static<typeof AlarmChannel>;
export const AlarmChannels = s.page(AlarmChannel);

export const ALARM_STATES = ['pending', 'firing', 'resolved'] as const;
export const Alarm = Type.Object({
  alarmId: Type.String(),
  ruleId: Type.String(),
  ruleName: Type.String(),
  kind: s.literals(ALARM_KIND_NAMES),
  severity: AlarmSeverity,
  state: s.literals(ALARM_STATES),
  subject: Type.String(),
  env: Type.Union([s.EnvName, Type.Null()]),
  flowId: Type.Union([s.FlowId, Type.Null()]),
  since: s.Timestamp,
  firedAt: Type.Union([s.Timestamp, Type.Null()]),
  resolvedAt: Type.Union([s.Timestamp, Type.Null()]),
  value: Type.Number(),
  summary: Type.String(),
  mutedUntil: Type.Union([s.Timestamp, Type.Null()]),
});
export type Alarm = Static<typeof Alarm>;
export const AlarmPage = s.page(Alarm);

/** Whether alarms leave this installation. A restored one keeps them to itself until a person says that it stands in for the one it came from. */
export const AlarmSending = Type.Object({
  pausedSince: Type.Union([s.Timestamp, Type.Null()], {
    description: 'Alarms are watched and nobody is told; null while they are sent',
  }),
});
export type AlarmSending = Static<typeof AlarmSending>;

export const ALARM_EVENTS = ['firing', 'still-firing', 'resolved', 'test'] as const;
/** What a channel is told: the body of a webhook, and what an e-mail is written from. */
export const AlarmNotice = Type.Object({
  event: s.literals(ALARM_EVENTS),
  alarmId: Type.Union([Type.String(), Type.Null()]),
  rule: Type.String(),
  severity: AlarmSeverity,
  subject: Type.String(),
  env: Type.Union([s.EnvName, Type.Null()]),
  flowId: Type.Union([s.FlowId, Type.Null()]),
  flowName: Type.Union([Type.String(), Type.Null()], { description: 'What people call it; its id where it is gone' }),
  summary: Type.String(),
  value: Type.Number(),
  since: s.Timestamp,
  at: s.Timestamp,
  url: Type.String({ description: 'The page that shows it' }),
});
export type AlarmNotice = Static<typeof AlarmNotice>;

export const AlarmDelivery = Type.Object({
  deliveryId: Type.String(),
  channelId: Type.String(),
  channelName: Type.String(),
  alarmId: Type.Union([Type.String(), Type.Null()]),
  event: s.literals(ALARM_EVENTS),
  summary: Type.String(),
  status: s.literals(['pending', 'sent', 'failed']),
  attempts: Type.Integer(),
  error: Type.Optional(s.ErrorBody),
  createdAt: s.Timestamp,
  endedAt: Type.Union([s.Timestamp, Type.Null()]),
  nextAt: Type.Union([s.Timestamp, Type.Null()]),
});
export type AlarmDelivery = Static<typeof AlarmDelivery>;
export const AlarmDeliveryPage = s.page(AlarmDelivery);
