import type { ErrorBody } from '@crossdock/api-contract';
import { Tooltip, VisuallyHidden } from '@mantine/core';
import { sentence, whatToDo } from '../api/index.ts';
import { uiTexts } from '../texts/index.ts';
import classes from './ErrorCell.module.css';

/** An error in one line of a table: the sentence and its code; what to do about it on hover, and for screen readers. */
export function ErrorCell({ error, before }: { error: ErrorBody; before?: string | undefined }) {
  const said = sentence(error.message);
  const fix = whatToDo(error);
  return (
    <Tooltip label={[said, fix].filter(Boolean).join(' ')} multiline maw={420} openDelay={300}>
      <span className={classes.line}>
        {before} <span className={classes.error}>{said}</span> <code className={classes.code}>{error.code}</code>
        {fix ? <VisuallyHidden>{`${uiTexts.whatToDo}: ${fix}`}</VisuallyHidden> : null}
      </span>
    </Tooltip>
  );
}
