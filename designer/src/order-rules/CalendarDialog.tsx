import type { OrderRules } from '@crossdock/api-contract';
import { DEFAULT_CALENDAR, type RuleSettings } from '@crossdock/orders';
import { Autocomplete, Checkbox, TagsInput, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { calendarOf, daysIn, draftOf, unreadableDays, WEEKDAYS } from './calendar-draft.ts';
import classes from './OrderRulesPage.module.css';
import { withCalendar, withDefaultCalendar } from './settings-draft.ts';
import { problemAt, useSaveSettings } from './use-save-settings.ts';

const t = orderRuleTexts.calendars;
const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** When a site works: hours of each day of the week, days without work, and by when what is to leave must be ready. */
export function CalendarDialog({
  env,
  saved,
  name: before,
  onClose,
}: {
  env: string;
  saved: OrderRules;
  /** Of the calendar to change; undefined for a new one. */
  name: string | undefined;
  onClose: () => void;
}) {
  const id = useId();
  const settings = saved.settings as RuleSettings;
  const old = before === undefined ? undefined : settings.calendars?.[before];
  const [name, setName] = useState(before ?? '');
  const [draft, setDraft] = useState(() => draftOf(old ?? DEFAULT_CALENDAR));
  const [isDefault, setDefault] = useState(before === undefined ? !settings.calendar : settings.calendar === before);
  const [tried, setTried] = useState(false);
  const { save, isPending, error } = useSaveSettings(env, saved);
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }));
  const trimmed = name.trim();
  const isTaken = trimmed !== before && settings.calendars?.[trimmed] !== undefined;
  const nameError = trimmed === '' ? t.nameMissing : isTaken ? t.nameTaken : undefined;
  const unreadable = unreadableDays(draft);
  const changed = withCalendar(settings, { before, name: trimmed, calendar: calendarOf(draft) });
  const others = settings.calendar === before ? undefined : settings.calendar;
  const next = withDefaultCalendar(changed, isDefault ? trimmed : others);
  const problem = unreadable.length === 0 && !nameError ? problemAt(next, `calendars.${trimmed}`) : undefined;
  const submit = () => {
    setTried(true);
    if (nameError || unreadable.length > 0 || problem) return;
    void save(next, t.saved(trimmed)).then(onClose, () => undefined);
  };
  return (
    <FormDialog
      title={before === undefined ? t.addTitle : t.editTitle(before)}
      submit={orderRuleTexts.dialog.submit}
      busy={isPending}
      error={error ?? (tried ? problem : undefined)}
      onSubmit={submit}
      onClose={onClose}
      size={560}
    >
      <div className={classes.row}>
        <TextInput
          label={t.name}
          value={name}
          error={tried && nameError}
          maxLength={100}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Autocomplete
          label={t.timeZone}
          data={TIME_ZONES}
          limit={50}
          value={draft.timeZone}
          onChange={(timeZone) => set({ timeZone })}
        />
      </div>
      <fieldset className={classes.week}>
        <legend>{t.hours}</legend>
        <p className="cd-dim">{t.hoursHint}</p>
        {WEEKDAYS.map((day) => (
          <div key={day} className={classes.day}>
            <label htmlFor={`${id}-${day}`}>{t.weekdays[day]}</label>
            <TextInput
              id={`${id}-${day}`}
              value={draft.week[day]}
              placeholder={t.free}
              error={tried && unreadable.includes(day) && t.unreadable}
              autoComplete="off"
              onChange={(event) => set({ week: { ...draft.week, [day]: event.currentTarget.value } })}
            />
          </div>
        ))}
      </fieldset>
      <TagsInput
        label={t.holidays}
        description={t.holidaysHint}
        value={[...draft.holidays]}
        placeholder="2026-12-25"
        splitChars={[',', ' ', ';']}
        onChange={(typed) => set({ holidays: daysIn(typed) })}
      />
      <TextInput
        label={t.cutOff}
        description={t.cutOffHint}
        value={draft.cutOff}
        placeholder="15:00"
        autoComplete="off"
        onChange={(event) => set({ cutOff: event.currentTarget.value })}
      />
      <Checkbox
        label={t.isDefault}
        checked={isDefault}
        onChange={({ currentTarget: { checked } }) => setDefault(checked)}
      />
    </FormDialog>
  );
}
