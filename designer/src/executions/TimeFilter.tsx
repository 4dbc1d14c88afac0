import { TextInput } from '@mantine/core';
import { executionTexts } from '../texts/index.ts';
import { type ExecutionSearch, RANGES, type Range } from './execution-search.ts';
import classes from './FilterBar.module.css';

const t = executionTexts.list;

/** The chosen time in words, for the button that opens the choice. */
export function timeLabel({ range, from, to }: ExecutionSearch): string {
  if (from || to)
    return `${from ? toLocal(from).replace('T', ' ') : '…'} – ${to ? toLocal(to).replace('T', ' ') : '…'}`;
  return range ? t.ranges[range] : t.anyTime;
}

/** A range back from now, or two times in the user's zone. */
export function TimeFilter({
  search,
  set,
}: {
  search: ExecutionSearch;
  set: (change: Partial<ExecutionSearch>) => void;
}) {
  const { range, from, to } = search;
  const preset = (next: Range | undefined) =>
    set({ range: next, from: undefined, to: undefined } as Partial<ExecutionSearch>);
  const custom = (field: 'from' | 'to', local: string) =>
    set({ range: undefined, [field]: local ? new Date(local).toISOString() : undefined } as Partial<ExecutionSearch>);
  return (
    <div className={classes.range}>
      <button
        type="button"
        className={classes.choice}
        aria-pressed={!range && !from && !to}
        onClick={() => preset(undefined)}
      >
        {t.anyTime}
      </button>
      {(Object.keys(RANGES) as Range[]).map((name) => (
        <button
          key={name}
          type="button"
          className={classes.choice}
          aria-pressed={range === name}
          onClick={() => preset(name)}
        >
          {t.ranges[name]}
        </button>
      ))}
      <div className={classes.custom}>
        <TextInput
          type="datetime-local"
          label={t.from}
          value={from ? toLocal(from) : ''}
          onChange={(event) => custom('from', event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t.to}
          value={to ? toLocal(to) : ''}
          onChange={(event) => custom('to', event.currentTarget.value)}
        />
      </div>
    </div>
  );
}

/** RFC 3339 UTC as the value of a `datetime-local` field. */
function toLocal(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
