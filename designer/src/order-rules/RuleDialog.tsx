import type { OrderRules } from '@crossdock/api-contract';
import {
  type OneRuleSettings,
  type OrderRule,
  OWNERS,
  type RuleSettings,
  ruleSettingsProblems,
  type Span,
} from '@crossdock/orders';
import { Autocomplete, Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { useSaveOrderRules } from '../api/index.ts';
import { orderRuleTexts } from '../texts/index.ts';
import { DurationInput, FormDialog, notifyDone } from '../ui/index.ts';
import classes from './OrderRulesPage.module.css';
import { standardLimit, takes, withRule } from './rule-draft.ts';

const t = orderRuleTexts.dialog;
const MINUTE_MS = 60_000;
const MAX_MS = 366 * 24 * 60 * MINUTE_MS;
const COUNTINGS = ['clock', 'working-hours', 'working-days'] as const;
const SEVERITIES = ['warning', 'error', 'critical'] as const;

/** Changes what is set of one rule. Empty fields are as the rule comes. */
export function RuleDialog({
  env,
  rule,
  saved,
  onClose,
}: {
  env: string;
  rule: OrderRule;
  saved: OrderRules;
  onClose: () => void;
}) {
  const settings = saved.settings as RuleSettings;
  const [one, setOne] = useState<OneRuleSettings>(settings.rules?.[rule.code] ?? {});
  const save = useSaveOrderRules(env);
  const taken = takes(rule);
  const set = (change: { [Name in keyof OneRuleSettings]?: OneRuleSettings[Name] | undefined }) =>
    setOne((now) => ({ ...now, ...change }) as OneRuleSettings);
  const next = withRule(settings, rule.code, one);
  const problem = ruleSettingsProblems(next).find(({ field }) => field.startsWith(`rules.${rule.code}`));
  const isSettling = rule.causes.every(({ kind }) => kind === 'condition' || kind === 'reported');
  return (
    <FormDialog
      title={rule.title}
      submit={t.submit}
      busy={save.isPending}
      error={save.error ?? (problem && new Error(`${problem.message}. ${problem.fix}`))}
      disabled={problem !== undefined}
      onSubmit={() =>
        save.mutate(
          { settings: next, since: saved.updatedAt },
          {
            onSuccess: () => {
              onClose();
              notifyDone(t.saved(rule.title));
            },
          },
        )
      }
      onClose={onClose}
      size={520}
    >
      <p className="cd-dim">
        {rule.text} {t.passes}: {rule.clears}
      </p>
      {taken.has('isOn') && (
        <Checkbox
          label={t.isOn}
          checked={one.isOn ?? !rule.isOffByDefault}
          onChange={({ currentTarget: { checked } }) =>
            set({ isOn: checked === !rule.isOffByDefault ? undefined : checked })
          }
        />
      )}
      {taken.has('within') && (
        <Limit
          label={isSettling ? t.settle : t.within}
          value={one.within}
          standard={standardLimit(rule, 'within')}
          onChange={(within) => set({ within })}
        />
      )}
      {taken.has('beforePromise') && (
        <DurationInput
          label={t.beforePromise}
          value={one.beforePromise && one.beforePromise.minutes * MINUTE_MS}
          fallback={msOf(standardLimit(rule, 'before'))}
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
          data={Object.keys(settings.calendars ?? {})}
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
          value={one.severity ?? rule.severity}
          onChange={(value) =>
            set({
              severity:
                value === rule.severity ? undefined : ((value as OneRuleSettings['severity'] | null) ?? undefined),
            })
          }
          allowDeselect={false}
        />
        <Autocomplete
          label={t.owner}
          data={[...OWNERS]}
          value={one.owner ?? ''}
          placeholder={rule.owner}
          onChange={(owner) => set({ owner: owner.trim() === '' ? undefined : owner })}
          maxLength={100}
        />
      </div>
    </FormDialog>
  );
}

const msOf = (span: Span | undefined): number | undefined => span && span.minutes * MINUTE_MS;
const minutesOf = (ms: number): number => Math.round(ms / MINUTE_MS);

/** How long, and what of it counts. */
function Limit({
  label,
  value,
  standard,
  onChange,
}: {
  label: string;
  value: Span | undefined;
  standard: Span | undefined;
  onChange: (span: { minutes: number; counting?: (typeof COUNTINGS)[number] } | undefined) => void;
}) {
  const shown = value ?? standard;
  const counting = shown?.counting ?? 'clock';
  const change = (minutes: number, by: (typeof COUNTINGS)[number]) =>
    onChange({ minutes, ...(by === 'clock' ? {} : { counting: by }) });
  return (
    <div className={classes.row}>
      <DurationInput
        label={label}
        value={msOf(value)}
        fallback={msOf(standard)}
        max={MAX_MS}
        onChange={(ms) => (ms === undefined ? onChange(undefined) : change(minutesOf(ms), counting))}
      />
      <Select
        label={t.counting}
        data={COUNTINGS.map((name) => ({ value: name, label: t.countings[name] }))}
        value={counting}
        onChange={(by) => by && shown && change(shown.minutes, by as (typeof COUNTINGS)[number])}
        allowDeselect={false}
      />
    </div>
  );
}
