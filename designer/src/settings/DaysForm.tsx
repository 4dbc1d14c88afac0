import { Button, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { settingsTexts } from '../texts/index.ts';
import { ProblemNote } from '../ui/index.ts';
import classes from './RetentionTab.module.css';

const t = settingsTexts.retention;

interface DaysField<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly hint: string;
  readonly least: number;
  readonly most: number;
}

interface DaysFormProps<Name extends string> {
  readonly fields: readonly DaysField<Name>[];
  readonly stored: Readonly<Record<Name, number>>;
  readonly readOnly: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  /** What is wrong with the fields together. */
  readonly problem?: (days: Record<Name, number>) => string | undefined;
  /** What saving would do. */
  readonly note?: string | undefined;
  /** What is entered, once it could be saved; undefined while it could not or nothing differs. */
  readonly onChange?: (days: Record<Name, number> | undefined) => void;
  readonly onSave: (days: Record<Name, number>) => Promise<void>;
}

/** Numbers of days side by side; Save appears with the first change. */
export function DaysForm<Name extends string>(props: DaysFormProps<Name>) {
  const { fields, stored, readOnly, busy, error, problem, note, onChange, onSave } = props;
  const [draft, setDraft] = useState<Partial<Record<Name, number | string>>>({});
  const daysIn = (name: Name, from = draft) => from[name] ?? stored[name];
  const daysOf = (from: typeof draft) =>
    Object.fromEntries(fields.map(({ name }) => [name, Number(daysIn(name, from))])) as Record<Name, number>;
  const wrongIn = ({ name, least, most }: DaysField<Name>, from = draft) => {
    const days = daysIn(name, from);
    return typeof days === 'number' && Number.isInteger(days) && days >= least && days <= most
      ? undefined
      : t.outOfRange(least, most);
  };
  const isSound = (from: typeof draft) => fields.every((field) => wrongIn(field, from) === undefined);
  const together = isSound(draft) ? problem?.(daysOf(draft)) : undefined;
  const differs = (from: typeof draft) => fields.some(({ name }) => daysIn(name, from) !== stored[name]);
  const change = (name: Name, days: number | string) => {
    const next = { ...draft, [name]: days };
    setDraft(next);
    onChange?.(isSound(next) && differs(next) && problem?.(daysOf(next)) === undefined ? daysOf(next) : undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSound(draft) && together === undefined && differs(draft)) void onSave(daysOf(draft)).catch(() => undefined);
  };
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <div className={classes.fields}>
        {fields.map((field) => (
          <NumberInput
            key={field.name}
            label={field.label}
            description={field.hint}
            suffix={t.suffix}
            min={field.least}
            max={field.most}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            readOnly={readOnly}
            value={daysIn(field.name)}
            error={wrongIn(field)}
            onChange={(days) => change(field.name, typeof days === 'bigint' ? Number(days) : days)}
          />
        ))}
      </div>
      {together !== undefined && <p className={classes.problem}>{together}</p>}
      {error ? <ProblemNote error={error} /> : null}
      {differs(draft) && (
        <div className={classes.actions}>
          <span role="status">{note}</span>
          <Button
            variant="default"
            onClick={() => {
              setDraft({});
              onChange?.(undefined);
            }}
          >
            {t.undo}
          </Button>
          <Button type="submit" loading={busy} disabled={!isSound(draft) || together !== undefined}>
            {t.save}
          </Button>
        </div>
      )}
    </form>
  );
}
