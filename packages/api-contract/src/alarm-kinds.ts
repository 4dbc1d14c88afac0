/** What a setting of a condition is measured in. */
export type ConditionUnit = 'ms' | 'percent' | 'count';
export type ConditionField = 'longerThanMs' | 'windowMs' | 'withinMs' | 'percent' | 'count' | 'atLeast';

interface FieldFacts {
  readonly unit: ConditionUnit;
  readonly standard: number;
  readonly min: number;
  readonly max: number;
}

interface KindFacts {
  readonly fields: Readonly<Partial<Record<ConditionField, FieldFacts>>>;
  /** Whether such a rule can be about one flow, about one environment, or is about the whole installation. */
  readonly scope: 'flow' | 'environment' | 'installation';
  /** May be told when it counts: days and hours. */
  readonly calendar?: true;
  /** Watched from the start; people say where it goes, not whether there is one. */
  readonly builtIn?: true;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const duration = (standard: number, min: number, max: number): FieldFacts => ({ unit: 'ms', standard, min, max });
const percent = (standard: number): FieldFacts => ({ unit: 'percent', standard, min: 1, max: 100 });
const count = (standard: number): FieldFacts => ({ unit: 'count', standard, min: 1, max: 1_000_000 });

/** Every condition that an alarm rule can watch: its settings with what they start as. Check, form and evaluation read it here. */
export const ALARM_KINDS = {
  'dead-letter': { scope: 'flow', fields: { count: count(1), windowMs: duration(HOUR_MS, MINUTE_MS, 30 * DAY_MS) } },
  waiting: { scope: 'flow', fields: { longerThanMs: duration(DAY_MS, MINUTE_MS, 365 * DAY_MS) } },
  'queue-age': { scope: 'flow', fields: { longerThanMs: duration(5 * MINUTE_MS, 1_000, 30 * DAY_MS) } },
  'error-rate': {
    scope: 'flow',
    fields: { percent: percent(10), windowMs: duration(15 * MINUTE_MS, MINUTE_MS, DAY_MS), atLeast: count(10) },
  },
  'hook-silent': {
    scope: 'flow',
    calendar: true,
    fields: { longerThanMs: duration(2 * HOUR_MS, MINUTE_MS, 30 * DAY_MS) },
  },
  'hook-refused': {
    scope: 'flow',
    fields: { count: count(10), windowMs: duration(15 * MINUTE_MS, MINUTE_MS, DAY_MS) },
  },
  'order-exception': {
    scope: 'environment',
    fields: { count: count(1), longerThanMs: duration(HOUR_MS, 0, 30 * DAY_MS) },
  },
  'breaker-open': { scope: 'environment', fields: {} },
  'credential-expiring': { scope: 'environment', fields: { withinMs: duration(14 * DAY_MS, HOUR_MS, 365 * DAY_MS) } },
  'store-full': { scope: 'installation', builtIn: true, fields: { percent: percent(85) } },
  'journal-crowded': { scope: 'installation', builtIn: true, fields: {} },
  'traces-dropped': {
    scope: 'installation',
    builtIn: true,
    fields: { windowMs: duration(15 * MINUTE_MS, MINUTE_MS, DAY_MS) },
  },
} as const satisfies Record<string, KindFacts>;

export type AlarmKind = keyof typeof ALARM_KINDS;
export const ALARM_KIND_NAMES = Object.keys(ALARM_KINDS) as AlarmKind[];

/** What is fixed of a kind, with its optional parts. */
export const alarmKindFacts = (kind: AlarmKind): KindFacts => ALARM_KINDS[kind];

/** The settings of a kind, in the order of its form. */
export const conditionFields = (kind: AlarmKind): [ConditionField, FieldFacts][] =>
  Object.entries(alarmKindFacts(kind).fields) as [ConditionField, FieldFacts][];
