import { Button } from '@mantine/core';
import type { IconRepeat } from '@tabler/icons-react';
import { exceptionTexts } from '../texts/index.ts';
import classes from './ExceptionsPage.module.css';
import { MOST_SELECTED, type Selection } from './use-selection.ts';

const t = exceptionTexts.selection;

/** What can be done to the ticked executions, or to all that the filter finds. */
export function BulkBar({
  ticked,
  icon: Icon,
  all,
  some,
  onStart,
}: {
  ticked: Selection;
  icon: typeof IconRepeat;
  /** The verb for all that the filter finds, and for so many ticked ones. */
  all: string;
  some: (count: number) => string;
  onStart: (executionIds: readonly string[] | undefined) => void;
}) {
  const count = ticked.ids.length;
  const icon = <Icon size={16} stroke={1.5} aria-hidden />;
  if (count === 0)
    return (
      <div className={classes.actions}>
        <span>{t.hint}</span>
        <Button variant="default" leftSection={icon} onClick={() => onStart(undefined)}>
          {all}
        </Button>
      </div>
    );
  return (
    <div className={classes.actions} data-ticked>
      <span>{count > MOST_SELECTED ? t.most(MOST_SELECTED) : t.selected(count)}</span>
      <Button variant="subtle" color="gray" onClick={ticked.clear}>
        {t.clear}
      </Button>
      <Button leftSection={icon} disabled={count > MOST_SELECTED} onClick={() => onStart(ticked.ids)}>
        {some(count)}
      </Button>
    </div>
  );
}
