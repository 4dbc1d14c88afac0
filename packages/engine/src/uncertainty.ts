import type { ErrorCode, FlowError } from '@crossdock/errors';

/** Codes after which the target may have done what it was asked for. */
const UNCLEAR: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'REMOTE_UNAVAILABLE',
  'REMOTE_ERROR',
  'REMOTE_TIMEOUT',
  'REMOTE_ANSWER_INVALID',
  'RUN_CANCELLED',
  'RUN_TIMED_OUT',
  'SYSTEM_UNEXPECTED',
]);

/**
 * Whether an effect that failed like this may have been applied all the same. A runner says `reached: false` when nothing was sent and
 * `processed: false` when the answer itself says that nothing was done; something unexpected may have come after the call.
 */
export function mayHaveHappened(error: FlowError): boolean {
  if (error.details.reached === false || error.details.processed === false) return false;
  return UNCLEAR.has(error.code);
}
