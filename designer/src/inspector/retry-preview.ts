import type { RetryPolicy } from '@crossdock/flow-model';
import { inspectorTexts } from '../texts/index.ts';

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
    delays: delays.slice(0, MOST_SHOWN).map(duration),
    longest: delays.length > MOST_SHOWN ? duration(Math.max(...delays)) : undefined,
    spreadPercent: Math.round(policy.jitter * 100),
    tries: policy.maxAttempts,
    total: duration(delays.reduce((sum, delay) => sum + delay, 0)),
  });
}

/** A delay in at most two units, such as `0.5 s`, `1 min 30 s` or `1 h`. */
export function duration(ms: number): string {
  if (ms < 60_000) return `${round(ms / 1_000)} s`;
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ];
  const first = units.findIndex(([size]) => ms >= size);
  const [large, small] = [units[first], units[first + 1]];
  if (!large || !small) return `${round(ms / 1_000)} s`;
  const whole = Math.floor(ms / large[0]);
  const rest = Math.floor((ms % large[0]) / small[0]);
  return rest === 0 ? `${whole} ${large[1]}` : `${whole} ${large[1]} ${rest} ${small[1]}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
