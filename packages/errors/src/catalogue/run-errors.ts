import { type CatalogueRow, row } from './row.ts';

/** How the execution went: the operator decides. */
export const runErrors = {
  RUN_CANCELLED: row('the execution was cancelled', 'never', 409, 'Replay it if it should run after all.'),
  RUN_CHILD_FAILED: row(
    'the called execution {executionId} ended as {status}: {reason}',
    'never',
    502,
    'Open the called execution, mend its cause, then replay.',
  ),
  RUN_IN_DOUBT: row(
    'nobody knows whether {remote} did what node "{node}" asked for: {reason}',
    'never',
    409,
    'Look into that system, then say whether it was done.',
  ),
  RUN_STOPPED: row('the flow stopped itself: {reason}', 'never', 422, 'Act on the reason, then replay.'),
  RUN_WAIT_TIMED_OUT: row(
    'node "{node}" waited {timeoutMs} ms in vain',
    'never',
    504,
    'See why what it waits for did not come, then replay.',
  ),
  RUN_TIMED_OUT: row(
    'the execution ran longer than {timeoutMs} ms',
    'never',
    504,
    'Raise the timeout of the flow, then replay.',
  ),
  RUN_ATTEMPTS_SPENT: row('all {attempts} attempts failed: {reason}', 'never', 502, 'Mend the cause, then replay.'),
  RUN_CRASHED: row(
    'the execution ended its worker {crashes} times',
    'never',
    500,
    'Look at the input, mend the flow, then replay on the new revision.',
  ),
} as const satisfies Record<string, CatalogueRow>;
