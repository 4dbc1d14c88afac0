import { Select } from '@mantine/core';
import { EVENT_CHOICES, NO_EVENT } from './event-choices.ts';

/** What a status means: a canonical event, none, or (undefined) not said yet. */
export function EventSelect({
  label,
  placeholder,
  value,
  disabled = false,
  onChange,
}: {
  label: string;
  placeholder?: string;
  value: string | null | undefined;
  disabled?: boolean;
  onChange: (event: string | null) => void;
}) {
  return (
    <Select
      aria-label={label}
      {...(placeholder === undefined ? {} : { placeholder })}
      data={EVENT_CHOICES}
      value={value === undefined ? null : (value ?? NO_EVENT)}
      onChange={(next) => next !== null && onChange(next === NO_EVENT ? null : next)}
      allowDeselect={false}
      disabled={disabled}
      searchable
      miw={280}
    />
  );
}
