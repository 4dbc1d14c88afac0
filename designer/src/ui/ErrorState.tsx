import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { explain } from '../api/index.ts';
import { uiTexts } from '../texts/index.ts';
import classes from './State.module.css';

/** Stands where something could not be loaded: the sentence, what to do, the code to search by. */
export function ErrorState({
  error,
  title = uiTexts.errorTitle,
  onRetry,
  retryLabel = uiTexts.retry,
}: {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  retryLabel?: string;
}) {
  const { message, fix, code } = explain(error);
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="red">
        <IconAlertTriangle size={24} stroke={1.4} aria-hidden />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.detail}>
        {message} {fix}
      </p>
      <code className={classes.code}>{uiTexts.code(code)}</code>
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>
            {retryLabel}
          </Button>
        </div>
      )}
    </div>
  );
}
