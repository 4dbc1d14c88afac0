import type { ErrorBody } from '@crossdock/api-contract';
import { IconAlertTriangle, IconBulb } from '@tabler/icons-react';
import { sentence, whatToDo } from '../api/index.ts';
import { executionTexts, uiTexts } from '../texts/index.ts';
import classes from './ErrorCause.module.css';

const t = executionTexts.page;

/** What failed, where (`node` is its name), what the other system answered, what led to it, and what to do about it; the code to search by stands beside. */
export function ErrorCause({
  error,
  node,
  isTriedAgain = false,
}: {
  error: ErrorBody;
  node?: string | undefined;
  /** Of an attempt that another one follows: there is nothing to do yet. */
  isTriedAgain?: boolean;
}) {
  const fix = isTriedAgain ? t.triedAgain : whatToDo(error);
  const causes = causesOf(error.cause).filter((cause) => !error.message.includes(cause));
  const answer = typeof error.details?.excerpt === 'string' ? error.details.excerpt : undefined;
  return (
    <div className={classes.cause} data-again={isTriedAgain} role="alert">
      <p>
        <IconAlertTriangle size={16} aria-hidden />
        <span>
          {node && <strong>{node}: </strong>}
          {sentence(error.message)} <code>{error.code}</code>
          {answer !== undefined && (
            <span className={classes.because}>
              {t.answered}: <code>{answer}</code>
            </span>
          )}
          {causes.length > 0 && (
            <span className={classes.because}>
              {' '}
              {t.caused}: {causes.map(sentence).join(' ')}
            </span>
          )}
        </span>
      </p>
      {fix && (
        <p className={classes.fix}>
          <IconBulb size={16} aria-hidden />
          <span>
            {uiTexts.whatToDo}: {fix}
          </span>
        </p>
      )}
    </div>
  );
}

/** Messages of the chain of causes, without repeating what was said. */
function causesOf(cause: unknown): string[] {
  const messages: string[] = [];
  for (let at = cause; typeof at === 'object' && at !== null; at = (at as { cause?: unknown }).cause) {
    const { message } = at as { message?: unknown };
    if (typeof message === 'string' && message !== '' && !messages.includes(message)) messages.push(message);
  }
  return messages;
}
