import { type OneRuleSettings, type OrderRule, OWNERS } from '@crossdock/orders';
import { Autocomplete, Checkbox, Select } from '@mantine/core';
import { orderRuleTexts } from '../texts/index.ts';
import { DurationInput } from '../ui/index.ts';
import { Limit, MAX_MS, minutesOf, msOf } from './Limit.tsx';
import classes from './OrderRulesPage.module.css';
import { modeStandard, standardLimit, takes } from './rule-draft.ts';
import { LimitsByMode, LimitsByPartner } from './SomeLimits.tsx';

const t = orderRuleTexts.dialog;
const SEVERITIES = ['warning', 'error', 'critical'] as const;

/** The fields of one rule. Empty ones are as they would be without these settings, which `base` says. */
export function RuleFields({
  rule,
  base,
  value: one,
  calendars,
  onChange,
}: {
  rule: OrderRule;
  base: OneRuleSettings;
  value: OneRuleSettings;
  /** Names to choose from. */
  calendars: readonly string[];
  onChange: (next: OneRuleSettings) => void;
}) {
  const taken = takes(rule);
  const set = (change: { [Name in keyof OneRuleSettings]?: OneRuleSettings[Name] | undefined }) =>
    onChange({ ...one, ...change } as OneRuleSettings);
  const isSettling = rule.causes.every(({ kind }) => kind === 'condition' || kind === 'reported');
  const isOn = base.isOn ?? !rule.isOffByDefault;
  const severity = base.severity ?? rule.severity;
  return (
    <>
      {taken.has('isOn') && (
        <Checkbox
          label={t.isOn}
          checked={one.isOn ?? isOn}
          onChange={({ currentTarget: { checked } }) => set({ isOn: checked === isOn ? undefined : checked })}
        />
      )}
      {taken.has('within') && (
        <Limit
          label={isSettling ? t.settle : t.within}
          value={one.within}
          standard={base.within ?? standardLimit(rule, 'within')}
          onChange={(within) => set({ within })}
        />
      )}
      {taken.has('byMode') && (
        <LimitsByMode
          value={one.byMode}
          standardOf={(mode) => modeStandard(rule, mode, base, one)}
          onChange={(byMode) => set({ byMode })}
        />
      )}
      {taken.has('byPartner') && (
        <LimitsByPartner
          value={one.byPartner}
          standardOf={(partner) =>
            base.byPartner?.[partner] ?? one.within ?? base.within ?? standardLimit(rule, 'within')
          }
          onChange={(byPartner) => set({ byPartner })}
        />
      )}
      {taken.has('beforePromise') && (
        <DurationInput
          label={t.beforePromise}
          value={msOf(one.beforePromise)}
          fallback={msOf(base.beforePromise ?? standardLimit(rule, 'before'))}
          max={MAX_MS}
          onChange={(ms) => set({ beforePromise: ms === undefined ? undefined : { minutes: minutesOf(ms) } })}
        />
      )}
      {taken.has('countFrom') && (
        <Select
          label={t.countFrom}
          data={(['shipped', 'delivered'] as const).map((value) => ({ value, label: t.countFroms[value] }))}
          value={one.countFrom ?? null}
          placeholder={t.asItComes}
          onChange={(value) => set({ countFrom: (value as OneRuleSettings['countFrom'] | null) ?? undefined })}
          clearable
        />
      )}
      {taken.has('calendar') && (
        <Select
          label={t.calendar}
          description={t.calendarHint}
          data={[...calendars]}
          value={one.calendar ?? null}
          placeholder={t.anyCalendar}
          onChange={(calendar) => set({ calendar: calendar ?? undefined })}
          clearable
        />
      )}
      <div className={classes.row}>
        <Select
          label={orderRuleTexts.severity}
          data={SEVERITIES.map((value) => ({ value, label: orderRuleTexts.severities[value] }))}
          value={one.severity ?? severity}
          onChange={(value) =>
            set({
              severity: value === severity ? undefined : ((value as OneRuleSettings['severity'] | null) ?? undefined),
            })
          }
          allowDeselect={false}
        />
        <Autocomplete
          label={t.owner}
          data={[...OWNERS]}
          value={one.owner ?? ''}
          placeholder={base.owner ?? rule.owner}
          onChange={(owner) => set({ owner: owner.trim() === '' ? undefined : owner })}
          maxLength={100}
        />
      </div>
    </>
  );
}
