import type { BusinessCalendar, OneRuleSettings, OrderRule, RuleSettings, Span } from '@crossdock/orders';

export type Override = NonNullable<RuleSettings['overrides']>[number];

/** The settings with a calendar added, or replaced under its old name. What counts by the old name counts by the new one. */
export function withCalendar(
  settings: RuleSettings,
  { before, name, calendar }: { before: string | undefined; name: string; calendar: BusinessCalendar },
): RuleSettings {
  const others = Object.entries(settings.calendars ?? {}).filter(([one]) => one !== before && one !== name);
  const calendars = Object.fromEntries([...others, [name, calendar] as const]);
  return { ...(before === undefined || before === name ? settings : renamed(settings, before, name)), calendars };
}

/** The settings without a calendar; what counted by it counts as where nobody says. */
export function withoutCalendar(settings: RuleSettings, name: string): RuleSettings {
  const { calendars: _calendars, ...rest } = renamed(settings, name, undefined);
  const left = Object.entries(settings.calendars ?? {}).filter(([one]) => one !== name);
  return left.length === 0 ? rest : { ...rest, calendars: Object.fromEntries(left) };
}

/** The settings with the calendar that counts where no other does; undefined for none. */
export function withDefaultCalendar({ calendar: _old, ...rest }: RuleSettings, name: string | undefined): RuleSettings {
  return name === undefined ? rest : { ...rest, calendar: name };
}

/** The settings with the time by which exceptions of a severity should be settled; undefined for as it comes. */
export function withResolveWithin(
  { resolveWithin = {}, ...rest }: RuleSettings,
  severity: OrderRule['severity'],
  span: Span | undefined,
): RuleSettings {
  const { [severity]: _old, ...others } = resolveWithin;
  const next = span === undefined ? others : { ...others, [severity]: span };
  return Object.keys(next).length === 0 ? rest : { ...rest, resolveWithin: next };
}

/** The settings with the override at a place replaced, with one more at the end, or without the one at a place. */
export function withOverride(
  { overrides = [], ...rest }: RuleSettings,
  at: number | 'new',
  override: Override | undefined,
): RuleSettings {
  const place = at === 'new' ? overrides.length : at;
  const next = overrides.toSpliced(place, 1, ...(override === undefined ? [] : [override]));
  return next.length === 0 ? rest : { ...rest, overrides: next };
}

/** The settings with an override and the one after it in each other's place: of those that apply the last counts. */
export function withOverridesSwapped(settings: RuleSettings, at: number): RuleSettings {
  const overrides = settings.overrides ?? [];
  const [one, next] = [overrides[at], overrides[at + 1]];
  return one && next ? { ...settings, overrides: overrides.toSpliced(at, 2, next, one) } : settings;
}

/** Where a calendar counts, but for the default: how many rules and overrides name it. */
export const usesOf = (settings: RuleSettings, name: string): number =>
  [settings.rules, ...(settings.overrides ?? []).map(({ rules }) => rules)]
    .flatMap((rules) => Object.values(rules ?? {}))
    .filter(({ calendar }) => calendar === name).length +
  (settings.overrides ?? []).filter(({ calendar }) => calendar === name).length;

function renamed(settings: RuleSettings, from: string, to: string | undefined): RuleSettings {
  const named = <Holder extends { readonly calendar?: string }>(holder: Holder): Holder => {
    if (holder.calendar !== from) return holder;
    const { calendar: _old, ...rest } = holder;
    return (to === undefined ? rest : { ...rest, calendar: to }) as Holder;
  };
  const inRules = (rules: RuleSettings['rules']): Record<string, OneRuleSettings> =>
    Object.fromEntries(Object.entries(rules ?? {}).map(([code, one]) => [code, named(one)]));
  const { rules, overrides } = settings;
  return {
    ...named(settings),
    ...(rules ? { rules: inRules(rules) } : {}),
    ...(overrides
      ? { overrides: overrides.map((one) => ({ ...named(one), ...(one.rules ? { rules: inRules(one.rules) } : {}) })) }
      : {}),
  };
}
