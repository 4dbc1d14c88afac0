import { catalogue, FlowError, isFlowError, type RetryClass } from '@crossdock/errors';
import type { RetryPolicy } from '@crossdock/flow-model';

/** Delays that add up to no more than this since the last durable wait are waited for in process. */
export const IN_PROCESS_WAIT_MS = 2_000;

export type RetryDecision =
  | { retry: true; delayMs: number; plannedMs: number; inProcess: boolean }
  | { retry: false; error: FlowError };

/**
 * What follows a failed attempt. `attempts` counts it too; `waitedMs` is what was planned and waited in process since the last durable
 * wait. The catalogue's class decides; `details.retryAfterMs` wins over the policy's delay. A never-class error is the
 * end as it is, any other becomes `RUN_ATTEMPTS_SPENT` when the tries are used up.
 */
export function decideRetry(
  failure: { error: FlowError; attempts: number; waitedMs: number; policy: RetryPolicy },
  random: () => number,
): RetryDecision {
  const { error, attempts, waitedMs, policy } = failure;
  if (nodeRetryClass(error, attempts) === 'never') return { retry: false, error };
  if (attempts >= policy.maxAttempts) return { retry: false, error: attemptsSpent(error, attempts) };
  const remote = error.details.retryAfterMs;
  const wins = typeof remote === 'number' && Number.isFinite(remote) && remote >= 0;
  const plannedMs = wins ? remote : plannedDelayMs(policy, attempts);
  const delayMs = wins ? remote : Math.round(plannedMs * (1 + policy.jitter * (2 * random() - 1)));
  return { retry: true, delayMs, plannedMs, inProcess: waitedMs + plannedMs <= IN_PROCESS_WAIT_MS };
}

/** The policy's delay after the `attempts`th try, before jitter. */
export function plannedDelayMs(policy: RetryPolicy, attempts: number): number {
  return Math.min(policy.maxDelayMs, policy.initialDelayMs * policy.factor ** (attempts - 1));
}

/**
 * True for trouble that is ours, not the node's: the lease goes back and the attempt does not count.
 * `SYSTEM_UNEXPECTED` is not among them: thrown by a runner it would come again with every redelivery, for ever.
 */
export function isOurTrouble(error: unknown): error is FlowError {
  return isFlowError(error) && error.row.retry === 'redeliver' && error.code !== 'SYSTEM_UNEXPECTED';
}

/**
 * A defect in a runner may be a passing one, so it is tried like any remote failure and ends like one. A mapping that ran out of time is
 * tried once more: its worker may have been starved or frozen while the clock went on.
 */
function nodeRetryClass(error: FlowError, attempts: number): RetryClass {
  if (error.code === 'DATA_MAPPING_LIMIT' && error.details.limit === 'time' && attempts === 1) return 'backoff';
  return error.code === 'SYSTEM_UNEXPECTED' ? 'backoff' : catalogue[error.code].retry;
}

function attemptsSpent(error: FlowError, attempts: number): FlowError {
  return new FlowError('RUN_ATTEMPTS_SPENT', { details: { attempts, reason: error.message }, cause: error });
}
