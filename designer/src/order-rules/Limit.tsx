import type { Span } from '@crossdock/orders';
import { Select } from '@mantine/core';
import { orderRuleTexts } from '../texts/index.ts';
import { DurationInput } from '../ui/index.ts';
import classes from './OrderRulesPage.module.css';

const t = orderRuleTexts.dialog;
const MINUTE_MS = 60_000;
export const MAX_MS = 366 * 24 * 60 * MINUTE_MS;
const COUNTINGS = ['clock', 'working-hours', 'working-days'] as const;

export const msOf = (span: Span | undefined): number | undefined => span && span.minutes * MINUTE_MS;
export const minutesOf = (ms: number): number => Math.round(ms / MINUTE_MS);

/** How long, and what of it counts. */
export function Limit({
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
