import { fieldName, schemaProblems } from '@crossdock/flow-model';
import Type, { type Static } from 'typebox';
import { type BusinessCalendar, calendarProblems, calendarSchema } from '../calendar/business-calendar.ts';
import type { EventProblem } from '../events/event-problems.ts';
import { maybe, oneOf, record, text } from '../events/schema-parts.ts';
import { type Cause, COUNTINGS, type OrderRule } from './rule.ts';
import { orderRule, orderRules } from './rule-table.ts';

const MAX_MINUTES = 366 * 24 * 60;
const SEVERITIES = ['warning', 'error', 'critical'] as const;

const span = record(
  {
    minutes: Type.Integer({ minimum: 0, maximum: MAX_MINUTES }),
    counting: maybe(
      oneOf(COUNTINGS, 'What counts: all time (default), hours that the calendar works, or whole days that it works.'),
    ),
  },
  'A length of time.',
);

const spans = (description: string, names: object = {}) =>
  Type.Unsafe<Record<string, Static<typeof span>>>({
    type: 'object',
    additionalProperties: span,
    maxProperties: 1000,
    description,
    ...names,
  });

const ruleSettings = record({
  isOn: maybe(Type.Boolean({ description: 'Whether the rule counts.' })),
  severity: maybe(oneOf(SEVERITIES)),
  owner: maybe(text('Team or role that is to see to it.', 100)),
  calendar: maybe(text('Name of the calendar by which it counts, one of `calendars`.', 100)),
  within: maybe(span),
  byMode: maybe(
    spans('Other limits by how the shipment travels.', { propertyNames: { enum: ['parcel', 'ltl', 'ftl', 'other'] } }),
  ),
  byPartner: maybe(spans('Other limits by EDI partner.')),
  beforePromise: maybe(span),
  countFrom: maybe(oneOf(['shipped', 'delivered'], 'From which stage time counts.')),
});

const rules = Type.Unsafe<Readonly<Record<string, Static<typeof ruleSettings>>>>(
  record(Object.fromEntries(orderRules.map(({ code }) => [code, maybe(ruleSettings)]))),
);

const scope = record(
  {
    channel: maybe(text()),
    customer: maybe(text('Id, GLN or name of the buyer.')),
    shipFrom: maybe(text('Id, GLN or name of the site that ships.')),
  },
  'Orders of which all of this is so.',
);

export const ruleSettingsSchema = record({
  calendars: maybe(
    Type.Unsafe<Readonly<Record<string, BusinessCalendar>>>({
      type: 'object',
      additionalProperties: calendarSchema,
      maxProperties: 200,
      description: 'When sites work, by name.',
    }),
  ),
  calendar: maybe(text('Name of the calendar that counts where no other does.', 100)),
  rules: maybe(rules),
  resolveWithin: maybe(
    record(
      { warning: maybe(span), error: maybe(span), critical: maybe(span) },
      'By when an exception should be settled, counted from when it was raised.',
    ),
  ),
  overrides: maybe(
    Type.Array(record({ when: scope, calendar: maybe(text(undefined, 100)), rules: maybe(rules) }), {
      maxItems: 1000,
      description: 'Other settings for some orders; of several that apply the last counts.',
    }),
  ),
});

/** What people decide about the rules. */
export type RuleSettings = Static<typeof ruleSettingsSchema>;
export type OneRuleSettings = Static<typeof ruleSettings>;

/** What is wrong with settings, each with its field and what to do; none for good ones. */
export function ruleSettingsProblems(settings: unknown): EventProblem[] {
  const problems = schemaProblems(settings, ruleSettingsSchema);
  if (problems.length > 0)
    return problems.map(({ keys, keyword, reason }) => {
      const field = fieldName(keys);
      return { field, message: `${field || 'the settings'} ${reason}`, fix: fixFor(keyword, keys) };
    });
  const { calendars = {}, calendar, rules: all = {}, overrides = [] } = settings as RuleSettings;
  const names = Object.keys(calendars);
  return [
    ...Object.entries(calendars).flatMap(([name, one]) => calendarProblems(one, `calendars.${name}`)),
    ...nameProblems(calendar, 'calendar', names),
    ...rulesProblems(all, 'rules', names),
    ...overrides.flatMap(({ when, calendar: name, rules: some = {} }, index) => [
      ...scopeProblems(when, `overrides[${index}].when`),
      ...nameProblems(name, `overrides[${index}].calendar`, names),
      ...rulesProblems(some, `overrides[${index}].rules`, names),
    ]),
  ];
}

function fixFor(keyword: string, keys: readonly string[]): string {
  if (keyword === 'required') return 'Add it.';
  if (keyword !== 'unknown') return 'Correct the value.';
  return keys.at(-2) === 'rules'
    ? `Use the code of a rule, such as "${orderRules[0].code}".`
    : 'Remove it or correct its spelling.';
}

function scopeProblems(when: Static<typeof scope>, field: string): EventProblem[] {
  if (Object.keys(when).length > 0) return [];
  return [
    { field, message: `${field} names no orders`, fix: 'Name a channel, customer or site, or put it into "rules".' },
  ];
}

function nameProblems(name: string | undefined, field: string, names: readonly string[]): EventProblem[] {
  if (name === undefined || names.includes(name)) return [];
  const known =
    names.length === 0 ? 'Add it to "calendars".' : `Use one of ${names.join(', ')}, or add it to "calendars".`;
  return [{ field, message: `${field} is "${name}", and there is no such calendar`, fix: known }];
}

function rulesProblems(all: RuleSettings['rules'] & object, field: string, names: readonly string[]): EventProblem[] {
  return Object.entries(all).flatMap(([code, one]) => {
    const at = `${field}.${code}`;
    const rule = orderRule(code)!;
    return [
      ...nameProblems(one.calendar, `${at}.calendar`, names),
      ...Object.keys(one)
        .filter((name) => !isTaken(name, rule))
        .map((name) => ({
          field: `${at}.${name}`,
          message: `${at}.${name} means nothing for this rule`,
          fix: `Remove it; ${code} takes ${taken(rule).join(', ')}.`,
        })),
    ];
  });
}

/** The settings that a rule takes, in the order of the schema. */
export const taken = (rule: OrderRule): string[] =>
  Object.keys(ruleSettings.properties).filter((name) => isTaken(name, rule));

function isTaken(name: string, { causes, mayCountFrom }: OrderRule): boolean {
  const has = (isMeant: (cause: Cause) => boolean): boolean => causes.some(isMeant);
  switch (name) {
    case 'within':
      return has((cause) => 'within' in cause);
    case 'byMode':
      return has(({ kind }) => kind === 'first scan');
    case 'byPartner':
      return has(({ kind }) => kind === 'answer' || kind === 'notice');
    case 'beforePromise':
      return has(({ kind }) => kind === 'promise near');
    case 'countFrom':
      return mayCountFrom !== undefined;
    case 'isOn':
    case 'calendar':
      return has(({ kind }) => kind !== 'reported');
    default:
      return true;
  }
}
