import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { inspectorTexts } from '../../texts/index.ts';

/** A day, typed or chosen from a calendar. While the calendar is open, Escape closes that alone and not the dialog around it. */
export function DayInput(props: {
  id: string;
  /** `2027-03-31`. */
  value: string | undefined;
  locked: boolean;
  isWrong: boolean;
  onChange: (value: string | undefined) => void;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DateInput
      id={props.id}
      size="xs"
      valueFormat="YYYY-MM-DD"
      value={props.value ?? null}
      disabled={props.locked}
      error={props.isWrong}
      clearable
      ariaLabels={inspectorTexts.form.calendar}
      clearButtonProps={{ 'aria-label': inspectorTexts.form.clearDay }}
      popoverProps={{ withinPortal: false, onOpen: () => setIsOpen(true), onClose: () => setIsOpen(false) }}
      // Dialogs hear keys before their fields do, and leave those of a field with this mark alone.
      data-mantine-stop-propagation={isOpen || undefined}
      onChange={(day) => props.onChange(day ?? undefined)}
    />
  );
}
