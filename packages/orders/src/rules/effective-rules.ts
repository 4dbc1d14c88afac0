import { type BusinessCalendar, DEFAULT_CALENDAR } from '../calendar/business-calendar.ts';
import type { Party } from '../events/schema-parts.ts';
import type { OrderState } from '../fold/order-state.ts';
import { partyNames } from '../fold/party-names.ts';
import { endOf } from './limits.ts';
import type { Cause, OrderRule, Span } from './rule.ts';
import type { OneRuleSettings, RuleSettings } from './rule-settings.ts';
import { orderRules } from './rule-table.ts';

/** A rule as it counts for one order. */
export interface EffectiveRule extends OrderRule {
  readonly calendar: BusinessCalendar;
}

/** By when an exception should be settled, where nobody says: in hours that the calendar works. */
export const RESOLVE_WITHIN = {
  warning: { minutes: 16 * 60, counting: 'working-hours' },
  error: { minutes: 4 * 60, counting: 'working-hours' },
  critical: { minutes: 60, counting: 'working-hours' },
} as const satisfies Record<OrderRule['severity'], Span>;

/** The rules that are on for an order, with its settings: those for all, and over them of the overrides that apply the last. */
export function effectiveRules(order: Pick<OrderState, 'head'>, settings: RuleSettings): EffectiveRule[] {
  const overrides = overridesFor(order, settings);
  return orderRules.flatMap((rule: OrderRule) => {
    const layers = [settings.rules, ...overrides.map(({ rules }) => rules)].map((rules) => rules?.[rule.code] ?? {});
    const chosen = layered(layers);
    if (!(chosen.isOn ?? !rule.isOffByDefault)) return [];
    return [
      {
        ...rule,
        severity: chosen.severity ?? rule.severity,
        owner: chosen.owner ?? rule.owner,
        causes: rule.causes.map((cause) => withLimits(cause, chosen)),
        calendar: calendarFor(order, settings, chosen.calendar),
      },
    ];
  });
}

/** The later layer wins, each setting for itself, and of limits for some the limit of each mode and of each partner. */
function layered(layers: readonly OneRuleSettings[]): OneRuleSettings {
  const limits = (name: 'byMode' | 'byPartner') => Object.assign({}, ...layers.map((layer) => layer[name]));
  return { ...Object.assign({}, ...layers), byMode: limits('byMode'), byPartner: limits('byPartner') };
}

/** The calendar that counts for an order; one that a rule names comes first. */
export function calendarFor(
  order: Pick<OrderState, 'head'>,
  settings: RuleSettings,
  ofRule?: string,
): BusinessCalendar {
  const chosen = overridesFor(order, settings).findLast((one) => one.calendar !== undefined)?.calendar;
  const name = ofRule ?? chosen ?? settings.calendar;
  return (name === undefined ? undefined : settings.calendars?.[name]) ?? DEFAULT_CALENDAR;
}

/** When an exception that was raised then should be settled. RFC 3339, in UTC. */
export function settleBy(
  { raisedAt, severity }: { raisedAt: number; severity: OrderRule['severity'] },
  calendar: BusinessCalendar,
  { resolveWithin = {} }: RuleSettings,
): string {
  return new Date(endOf(raisedAt, resolveWithin[severity] ?? RESOLVE_WITHIN[severity], calendar)).toISOString();
}

const overridesFor = (order: Pick<OrderState, 'head'>, { overrides = [] }: RuleSettings) =>
  overrides.filter(({ when }) => isMeant(when, order));

function withLimits(cause: Cause, { within, byMode, byPartner, beforePromise, countFrom }: OneRuleSettings): Cause {
  if (cause.kind === 'promise near') return { ...cause, before: beforePromise ?? cause.before };
  const limited = within === undefined || !('within' in cause) ? cause : { ...cause, within };
  switch (limited.kind) {
    case 'stage':
      return { ...limited, from: countFrom ?? limited.from };
    case 'first scan':
      // A limit for all takes the place of those that the rule has for some.
      return { ...limited, byMode: { ...(within === undefined ? limited.byMode : {}), ...byMode } };
    case 'answer':
    case 'notice':
      return { ...limited, byPartner: { ...limited.byPartner, ...byPartner } };
    default:
      return limited;
  }
}

type Scope = NonNullable<RuleSettings['overrides']>[number]['when'];

function isMeant({ channel, customer, shipFrom }: Scope, { head }: Pick<OrderState, 'head'>): boolean {
  const is = (role: Party['role'], name: string): boolean =>
    (head?.parties ?? []).some((party) => party.role === role && partyNames(party).includes(name));
  return (
    (channel === undefined || head?.channel === channel) &&
    (customer === undefined || is('buyer', customer)) &&
    (shipFrom === undefined || is('ship_from', shipFrom))
  );
}
