import { type AlarmCondition, type AlarmKind, alarmKindFacts, conditionFields } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { isTimeZone } from './calendar.ts';

const ALL_FIELDS = ['longerThanMs', 'windowMs', 'withinMs', 'percent', 'count', 'atLeast'] as const;
type Filled = AlarmCondition & Record<(typeof ALL_FIELDS)[number], number>;

/** A condition with what its kind starts as. */
export function filledCondition(condition: AlarmCondition): Filled {
  const standards = conditionFields(condition.kind).map(([field, { standard }]) => [field, standard]);
  return { ...Object.fromEntries(standards), ...condition } as Filled;
}

/**
 * The condition as it is kept: every setting of its kind, within its bounds. Throws `API_BAD_REQUEST`, which names the setting, for one that the kind
 * does not have or that lies outside.
 */
export function checkedCondition(condition: AlarmCondition): AlarmCondition {
  const { kind } = condition;
  const facts = alarmKindFacts(kind);
  for (const field of ALL_FIELDS) {
    const bounds = facts.fields[field];
    const value = condition[field];
    if (value === undefined) continue;
    if (!bounds) throw wrong(field, `is no setting of a rule of kind "${kind}"`);
    if (value < bounds.min || value > bounds.max)
      throw wrong(field, `must lie between ${bounds.min} and ${bounds.max}`);
  }
  if (condition.calendar && !facts.calendar) throw wrong('calendar', `is no setting of a rule of kind "${kind}"`);
  if (condition.calendar && !isTimeZone(condition.calendar.timeZone))
    throw wrong('calendar.timeZone', 'is no time zone that is known; write one such as Europe/Berlin');
  return filledCondition(condition);
}

/** Refuses a scope that the kind cannot have. Throws `API_BAD_REQUEST`. */
export function checkScope(kind: AlarmKind, { env, flowId }: { env: string | null; flowId: string | null }): void {
  const { scope } = alarmKindFacts(kind);
  if (flowId !== null && scope !== 'flow')
    throw new FlowError('API_BAD_REQUEST', {
      details: { path: 'body /flowId', reason: `must be null: a rule of kind "${kind}" is not about one flow` },
    });
  if (env !== null && scope === 'installation')
    throw new FlowError('API_BAD_REQUEST', {
      details: { path: 'body /env', reason: `must be null: a rule of kind "${kind}" is about the whole installation` },
    });
}

function wrong(field: string, reason: string): FlowError {
  return new FlowError('API_BAD_REQUEST', { details: { path: `body /condition/${field}`, reason } });
}
