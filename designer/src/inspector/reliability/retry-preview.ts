import type { RetryPolicy } from '@crossdock/flow-model';
import { inspectorTexts } from '../../texts/index.ts';
import { formatDuration } from '../../ui/format.ts';

/** Delays before the second, third … try (ms), without jitter. */
export function retryDelays(policy: RetryPolicy): number[] {
  const delays: number[] = [];
  for (let retry = 0; retry < policy.maxAttempts - 1; retry++)
    delays.push(Math.min(policy.initialDelayMs * policy.factor ** retry, policy.maxDelayMs));
  return delays;
}

const MOST_SHOWN = 5;

/** The policy in plain words: when it tries again, and when it gives up. The time of the tries themselves is not counted. */
export function describeRetry(policy: RetryPolicy): string {
  const delays = retryDelays(policy);
  if (delays.length === 0) return inspectorTexts.retry.once;
  return inspectorTexts.retry.preview({
    delays: delays.slice(0, MOST_SHOWN).map(formatDuration),
    longest: delays.length > MOST_SHOWN ? formatDuration(Math.max(...delays)) : undefined,
    spreadPercent: Math.round(policy.jitter * 100),
    tries: policy.maxAttempts,
    total: formatDuration(delays.reduce((sum, delay) => sum + delay, 0)),
  });
}
