import Type, { type Static } from 'typebox';
import { Alarm } from './alarm-schemas.ts';
import { HOOK_REFUSAL_NAMES } from './hook-refusals.ts';
import * as s from './schemas.ts';

export const HEALTH_RANGE_NAMES = ['1h', '24h', '7d'] as const;

const Milliseconds = Type.Union([Type.Number(), Type.Null()]);
const figures = {
  succeeded: Type.Integer(),
  failed: Type.Integer(),
  cancelled: Type.Integer(),
  successRate: Type.Union([Type.Number(), Type.Null()], { description: 'From 0 to 1; null where nothing ended' }),
  perMinute: Type.Number(),
  p50Ms: Milliseconds,
  p95Ms: Milliseconds,
  p99Ms: Milliseconds,
  retries: Type.Integer({ description: 'Further attempts after a failed one' }),
};
export const HealthPoint = Type.Object({
  at: s.Timestamp,
  succeeded: Type.Integer(),
  failed: Type.Integer(),
  p50Ms: Milliseconds,
  p95Ms: Milliseconds,
});
export type HealthPoint = Static<typeof HealthPoint>;
const series = Type.Array(HealthPoint, { description: 'One for each slot of the range, oldest first' });

export const FlowHealth = Type.Object({
  flowId: s.FlowId,
  env: s.EnvName,
  name: Type.String(),
  deployed: Type.Boolean(),
  ...figures,
  running: Type.Integer(),
  waiting: Type.Integer(),
  inDoubt: Type.Integer(),
  queueDepth: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Triggers that no worker has settled; null while the bus is away',
  }),
  oldestMs: Type.Union([Type.Number(), Type.Null()], { description: 'Age of the oldest of them' }),
  deadLetters: Type.Integer({ description: 'Open ones, whenever they failed' }),
  newDeadLetters: Type.Integer({ description: 'Within the range' }),
  series,
});
export type FlowHealth = Static<typeof FlowHealth>;

export const RemoteHealth = Type.Object({
  remote: Type.String({ description: '`connection:<name>`, `host:<host>` or `node:<flow>/<node>`' }),
  env: s.EnvName,
  ...figures,
  breaker: s.literals(['closed', 'open', 'half-open']),
  breakerUntil: Type.Union([s.Timestamp, Type.Null()]),
  series,
});
export type RemoteHealth = Static<typeof RemoteHealth>;

export const HookRefusals = Type.Object({
  flowId: s.FlowId,
  env: s.EnvName,
  name: Type.String({ description: 'Of the flow' }),
  nodeId: Type.String({ description: 'The trigger whose hook it is' }),
  count: Type.Integer(),
  reasons: Type.Array(Type.Object({ reason: s.literals(HOOK_REFUSAL_NAMES), count: Type.Integer() }), {
    description: 'Most first',
  }),
  series: Type.Array(Type.Object({ at: s.Timestamp, count: Type.Integer() }), {
    description: 'One for each slot of the range, oldest first',
  }),
});
export type HookRefusals = Static<typeof HookRefusals>;

export const Health = Type.Object({
  at: s.Timestamp,
  range: s.literals(HEALTH_RANGE_NAMES),
  slotMs: Type.Integer(),
  flows: Type.Array(FlowHealth),
  remotes: Type.Array(RemoteHealth),
  refusals: Type.Array(HookRefusals, { description: 'Hooks that refused requests in the range, most first' }),
  alarms: Type.Array(Alarm, { description: 'Pending and firing ones' }),
  bus: Type.Union([
    Type.Object({
      triggerBytes: Type.Number(),
      triggerLimit: Type.Number(),
      journalRecords: Type.Number(),
      journalLimit: Type.Number(),
      droppedTraces: Type.Number(),
    }),
    Type.Null(),
  ]),
});
export type Health = Static<typeof Health>;
