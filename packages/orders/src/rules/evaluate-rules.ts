import type { OrderEvent } from '../events/catalogue/index.ts';
import type { OrderState } from '../fold/order-state.ts';
import { type EffectiveRule, effectiveRules, settleBy } from './effective-rules.ts';
import { exceptionEvent, exceptionIdOf, isOfRules } from './exception-event.ts';
import { type Finding, findingsOf } from './findings/index.ts';
import type { RuleSettings } from './rule-settings.ts';

export interface Evaluation {
  /** `exception.raised` events to emit. */
  readonly open: readonly OrderEvent[];
  /** `exception.cleared` events to emit. */
  readonly clear: readonly OrderEvent[];
  /** When time alone changes something; look again then, and after each event. Undefined for never. RFC 3339, in UTC. */
  readonly nextAt: string | undefined;
}

interface Alarm extends Finding {
  readonly rule: EffectiveRule;
}

/**
 * What the rules say of an order at `now`, as events to emit: exceptions that are there and not open, and those that are open and passed. It
 * knows what it said from the state alone, and the ids of its events are made from what they say: who evaluates twice adds nothing. What
 * somebody settled by hand stays settled until it has passed, which is noted, and comes back. It leaves alone what others raised.
 * Throws nothing for settings without problems (`ruleSettingsProblems`).
 */
export function evaluateRules(state: OrderState, now: Date, settings: RuleSettings = {}): Evaluation {
  const { orderKey } = state;
  if (orderKey === undefined) return { open: [], clear: [], nextAt: undefined };
  const found = effectiveRules(state, settings).flatMap((rule) =>
    rule.causes.flatMap((cause) => findingsOf(cause, { state, rule }).map((finding): Alarm => ({ ...finding, rule }))),
  );
  const at = now.getTime();
  const alarms = new Map<string, Alarm>();
  for (const alarm of found) {
    const id = exceptionIdOf(alarm.rule.code, alarm.about);
    const known = alarms.get(id);
    if (isOn(alarm, at) && (known === undefined || alarm.raiseAt < known.raiseAt)) alarms.set(id, alarm);
  }
  const known = new Map(state.exceptions.map((exception) => [exception.id, exception]));
  return {
    open: [...alarms].flatMap(([id, alarm]) => {
      const before = known.get(id);
      if (before?.isOpen || before?.settledBy !== undefined) return [];
      return [raised({ orderKey, id, rev: before === undefined ? 0 : before.rev + 1 }, alarm, settings)];
    }),
    clear: state.exceptions
      .filter(({ id, isOpen, settledBy }) => isOfRules(id) && !alarms.has(id) && (isOpen || settledBy !== undefined))
      .map(({ id, code, lineKey, rev, since }) => {
        const passedAt = found
          .filter(
            ({ rule, about, until }) => exceptionIdOf(rule.code, about) === id && until !== undefined && until <= at,
          )
          .map(({ until }) => until!);
        const time = Math.max(Date.parse(state.heardAt!), Date.parse(since), ...passedAt);
        return exceptionEvent('exception.cleared', { orderKey, id, rev: rev + 1, time }, { code, lineKey });
      }),
    nextAt: nextChange(found, at),
  };
}

const isOn = ({ raiseAt, until }: Finding, at: number): boolean => raiseAt <= at && (until === undefined || at < until);

function raised(
  about: { orderKey: string; id: string; rev: number },
  { rule, raiseAt, about: of, reason }: Alarm,
  settings: RuleSettings,
): OrderEvent {
  const { code, severity, owner, calendar } = rule;
  return exceptionEvent(
    'exception.raised',
    { ...about, time: raiseAt },
    {
      code,
      lineKey: of?.startsWith(`${about.orderKey}/`) ? of : undefined,
      severity,
      owner,
      dueAt: settleBy({ raisedAt: raiseAt, severity }, calendar, settings),
      reason: reason.slice(0, 500),
    },
  );
}

function nextChange(found: readonly Finding[], at: number): string | undefined {
  const changes = found.flatMap(({ raiseAt, until }) => (until === undefined ? [raiseAt] : [raiseAt, until]));
  const next = Math.min(...changes.filter((change) => change > at));
  return Number.isFinite(next) ? new Date(next).toISOString() : undefined;
}
