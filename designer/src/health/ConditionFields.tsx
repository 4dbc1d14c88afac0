import { type AlarmCalendar, type AlarmCondition, alarmKindFacts, conditionFields } from '@crossdock/api-contract';
import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { healthTexts } from '../texts/index.ts';
import { DurationInput } from '../ui/index.ts';
import classes from './HealthPage.module.css';

const t = healthTexts.rules;

const OFFICE_HOURS: AlarmCalendar = {
  days: [1, 2, 3, 4, 5],
  from: '08:00',
  to: '18:00',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** The settings of a condition, as its kind has them. */
export function ConditionFields({
  condition,
  onChange,
}: {
  condition: AlarmCondition;
  onChange: (condition: AlarmCondition) => void;
}) {
  const facts = alarmKindFacts(condition.kind);
  return (
    <>
      <div className={classes.row}>
        {conditionFields(condition.kind).map(([field, { unit, standard, min, max }]) =>
          unit === 'ms' ? (
            <DurationInput
              key={field}
              label={t.fields[field]}
              value={condition[field]}
              fallback={standard}
              min={min}
              max={max}
              onChange={(ms) => onChange(withField(condition, field, ms))}
            />
          ) : (
            <NumberInput
              key={field}
              label={t.fields[field]}
              value={condition[field] ?? ''}
              placeholder={String(standard)}
              min={min}
              max={max}
              allowDecimal={unit === 'percent'}
              {...(unit === 'percent' ? { suffix: ' %' } : {})}
              onChange={(next) => onChange(withField(condition, field, typeof next === 'number' ? next : undefined))}
            />
          ),
        )}
      </div>
      {facts.calendar && (
        <CalendarFields
          calendar={condition.calendar}
          onChange={(calendar) => onChange(withField(condition, 'calendar', calendar))}
        />
      )}
    </>
  );
}

function CalendarFields({
  calendar,
  onChange,
}: {
  calendar: AlarmCalendar | undefined;
  onChange: (calendar: AlarmCalendar | undefined) => void;
}) {
  return (
    <>
      <Checkbox
        label={t.calendar}
        checked={calendar !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? OFFICE_HOURS : undefined)}
      />
      {calendar && (
        <>
          <Checkbox.Group
            label={t.days}
            value={calendar.days.map(String)}
            onChange={(days) => days.length > 0 && onChange({ ...calendar, days: days.map(Number).sort() })}
          >
            <div className={classes.actions} style={{ justifyContent: 'flex-start', gap: 12 }}>
              {t.dayNames.map((name, index) => (
                <Checkbox key={name} size="xs" value={String(index + 1)} label={name} />
              ))}
            </div>
          </Checkbox.Group>
          <div className={classes.row}>
            <TextInput
              type="time"
              label={t.from}
              value={calendar.from}
              onChange={(event) => onChange({ ...calendar, from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t.to}
              value={calendar.to}
              onChange={(event) => onChange({ ...calendar, to: event.currentTarget.value })}
            />
          </div>
          <TextInput
            label={t.timeZone}
            value={calendar.timeZone}
            onChange={(event) => onChange({ ...calendar, timeZone: event.currentTarget.value })}
          />
        </>
      )}
    </>
  );
}

/** Left out where there is no value: then it is what the kind starts with. */
function withField<Field extends Exclude<keyof AlarmCondition, 'kind'>>(
  condition: AlarmCondition,
  field: Field,
  value: AlarmCondition[Field] | undefined,
): AlarmCondition {
  const { [field]: _old, ...rest } = condition;
  return (value === undefined ? rest : { ...rest, [field]: value }) as AlarmCondition;
}
