import {
  type OneRuleSettings,
  type OrderRule,
  orderRules,
  type RuleSettings,
  type Span,
  taken,
} from '@crossdock/orders';

/** Every rule there is, in the order of the documentation. */
export const RULES: readonly OrderRule[] = orderRules;

/** Whether a rule follows from events and time, so that it can be on or off and has limits. */
export const isWatched = ({ causes }: OrderRule): boolean => causes.some(({ kind }) => kind !== 'reported');

/** The settings with those of one rule replaced; a rule of which nothing is set stands in them no more. */
export function withRule({ rules = {}, ...rest }: RuleSettings, code: string, one: OneRuleSettings): RuleSettings {
  const { [code]: _old, ...others } = rules;
  const set = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined));
  const next = Object.keys(set).length === 0 ? others : { ...others, [code]: set as OneRuleSettings };
  return Object.keys(next).length === 0 ? rest : { ...rest, rules: next };
}

/** Which settings a rule takes. */
export const takes = (rule: OrderRule): ReadonlySet<string> => new Set(taken(rule));

/** The limit that a rule comes with: of the cause that has one. */
export function standardLimit({ causes }: OrderRule, name: 'within' | 'before') {
  for (const cause of causes) {
    if (name === 'within' && 'within' in cause) return cause.within;
    if (name === 'before' && 'before' in cause) return cause.before;
  }
  return undefined;
}

/** How shipments travel. */
export const MODES = ['parcel', 'ltl', 'ftl', 'other'] as const;

export type Limits = Readonly<Record<string, Span>>;

/** The limits with that of one mode or partner replaced; undefined once none is left. */
export function withLimitOf(limits: Limits, name: string, span: Span | undefined): Limits | undefined {
  const others = Object.entries(limits).filter(([one]) => one !== name);
  const next = span === undefined ? others : [...others, [name, span] as const];
  return next.length === 0 ? undefined : Object.fromEntries(next);
}

/** The limit of a mode where these settings name none: a limit for all takes the place of those that the rule has for some. */
export function modeStandard(
  rule: OrderRule,
  mode: string,
  base: Pick<OneRuleSettings, 'within' | 'byMode'>,
  { within = base.within }: Pick<OneRuleSettings, 'within'>,
): Span | undefined {
  const own = rule.causes.find(({ kind }) => kind === 'first scan');
  const ofRule = own?.kind === 'first scan' ? own.byMode?.[mode] : undefined;
  return base.byMode?.[mode] ?? within ?? ofRule ?? standardLimit(rule, 'within');
}
