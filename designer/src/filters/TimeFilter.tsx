import { Button, Popover, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { filterTexts } from '../texts/index.ts';
import { toLocalField } from '../ui/index.ts';
import classes from './filters.module.css';
import { type Change, RANGES, type Range, type TimeSearch } from './time-range.ts';

const t = filterTexts;

/** A range back from now, or two times in the user's zone, behind a button that says which. */
export function TimeFilter({ search, set }: { search: TimeSearch; set: (change: Change<TimeSearch>) => void }) {
  return (
    <Popover position="bottom-start" width={280}>
      <Popover.Target>
        <Button
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={`${t.time}: ${timeLabel(search)}`}
        >
          {timeLabel(search)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <Choices search={search} set={set} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ search, set }: { search: TimeSearch; set: (change: Change<TimeSearch>) => void }) {
  const { range, from, to } = search;
  const preset = (next: Range | undefined) => set({ range: next, from: undefined, to: undefined });
  const custom = (field: 'from' | 'to', local: string) =>
    set({ range: undefined, [field]: local ? new Date(local).toISOString() : undefined });
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
          value={from ? toLocalField(from) : ''}
          onChange={(event) => custom('from', event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t.to}
          value={to ? toLocalField(to) : ''}
          onChange={(event) => custom('to', event.currentTarget.value)}
        />
      </div>
    </div>
  );
}

/** The chosen time in words, for the button that opens the choice. */
function timeLabel({ range, from, to }: TimeSearch): string {
  if (from || to)
    return `${from ? toLocalField(from).replace('T', ' ') : '…'} – ${to ? toLocalField(to).replace('T', ' ') : '…'}`;
  return range ? t.ranges[range] : t.anyTime;
}
