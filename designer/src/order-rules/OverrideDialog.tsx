import type { OrderRules } from '@crossdock/api-contract';
import { type OneRuleSettings, orderRule, type RuleSettings } from '@crossdock/orders';
import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import classes from './OrderRulesPage.module.css';
import { RuleFields } from './RuleFields.tsx';
import { RULES } from './rule-draft.ts';
import { type Override, withOverride } from './settings-draft.ts';
import { problemAt, useSaveSettings } from './use-save-settings.ts';

const t = orderRuleTexts.overrides;
const SCOPES = ['customer', 'channel', 'shipFrom'] as const;

/** Which orders, by which calendar they count, and what of the rules is otherwise for them. */
export function OverrideDialog({
  env,
  saved,
  at,
  onClose,
}: {
  env: string;
  saved: OrderRules;
  at: number | 'new';
  onClose: () => void;
}) {
  const settings = saved.settings as RuleSettings;
  const old = at === 'new' ? undefined : settings.overrides?.[at];
  const [when, setWhen] = useState<Override['when']>(old?.when ?? {});
  const [calendar, setCalendar] = useState(old?.calendar);
  const [rules, setRules] = useState<Readonly<Record<string, OneRuleSettings>>>(old?.rules ?? {});
  const [tried, setTried] = useState(false);
  const { save, isPending, error } = useSaveSettings(env, saved);
  const calendars = Object.keys(settings.calendars ?? {});
  const next = withOverride(settings, at, overrideOf(when, calendar, rules));
  const place = at === 'new' ? (settings.overrides ?? []).length : at;
  const isNameless = SCOPES.every((scope) => !when[scope]?.trim());
  const problem = isNameless ? new Error(t.nameless) : problemAt(next, `overrides[${place}]`);
  const submit = () => {
    setTried(true);
    if (!problem) void save(next, t.saved).then(onClose, () => undefined);
  };
  return (
    <FormDialog
      title={old ? t.editTitle : t.add}
      submit={orderRuleTexts.dialog.submit}
      busy={isPending}
      error={error ?? (tried ? problem : undefined)}
      onSubmit={submit}
      onClose={onClose}
      size={640}
    >
      <p className="cd-dim">{t.whenHint}</p>
      <div className={classes.thirds}>
        {SCOPES.map((scope, index) => (
          <TextInput
            key={scope}
            label={t[scope]}
            description={t.scopeHints[scope]}
            value={when[scope] ?? ''}
            maxLength={300}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
            onChange={(event) => setWhen({ ...when, [scope]: event.currentTarget.value })}
          />
        ))}
      </div>
      <Select
        label={orderRuleTexts.dialog.calendar}
        data={calendars}
        value={calendar ?? null}
        placeholder={t.sameCalendar}
        clearable
        onChange={(value) => setCalendar(value ?? undefined)}
      />
      {Object.entries(rules).map(([code, one]) => {
        const rule = orderRule(code);
        if (!rule) return null;
        return (
          <fieldset key={code} className={classes.chosen}>
            <legend>{rule.title}</legend>
            <ActionIcon
              variant="subtle"
              className={classes.drop}
              aria-label={t.dropRule(rule.title)}
              onClick={() => setRules(Object.fromEntries(Object.entries(rules).filter(([name]) => name !== code)))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
            <RuleFields
              rule={rule}
              base={settings.rules?.[code] ?? {}}
              value={one}
              calendars={calendars}
              onChange={(changed) => setRules({ ...rules, [code]: changed })}
            />
          </fieldset>
        );
      })}
      <Select
        label={t.addRule}
        placeholder={t.addRuleHint}
        data={RULES.filter(({ code }) => !(code in rules)).map(({ code, title }) => ({ value: code, label: title }))}
        value={null}
        searchable
        onChange={(code) => code && setRules({ ...rules, [code]: {} })}
      />
    </FormDialog>
  );
}

function overrideOf(
  when: Override['when'],
  calendar: string | undefined,
  rules: Readonly<Record<string, OneRuleSettings>>,
): Override {
  const named = Object.entries(when).map(([scope, name]) => [scope, name?.trim()] as const);
  const set = Object.entries(rules).map(
    ([code, one]) =>
      [code, Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined))] as const,
  );
  const filled = set.filter(([, one]) => Object.keys(one).length > 0);
  return {
    when: Object.fromEntries(named.filter(([, name]) => name)),
    ...(calendar === undefined ? {} : { calendar }),
    ...(filled.length === 0 ? {} : { rules: Object.fromEntries(filled) }),
  };
}
