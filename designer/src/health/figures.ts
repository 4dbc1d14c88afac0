import { healthTexts } from '../texts/index.ts';
import { formatDuration } from '../ui/format.ts';

const NONE = healthTexts.none;

interface Times {
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** `12 ms / 40 ms / 1.2 s`. */
export const timesOf = ({ p50Ms, p95Ms, p99Ms }: Times): string =>
  p50Ms === null ? NONE : [p50Ms, p95Ms, p99Ms].map((ms) => formatDuration(ms ?? 0)).join(' / ');

/** `99.5 %`; never 100 where one failed. */
export function percentOf(rate: number | null): string {
  if (rate === null) return NONE;
  const percent = Math.floor(rate * 1000) / 10;
  return `${percent} %`;
}

/** `3.2`, and `<0.1` for what is little but not nothing. */
export function perMinuteOf(perMinute: number): string {
  if (perMinute === 0) return NONE;
  return perMinute < 0.1 ? '<0.1' : perMinute.toFixed(perMinute < 10 ? 1 : 0);
}

/** Nothing reads as a dash, so that what is there stands out. */
export const countOf = (count: number | null): string => (count ? String(count) : NONE);

/** How worrying a share of successes is. */
export const toneOfRate = (rate: number | null): 'red' | 'amber' | undefined =>
  rate === null || rate >= 0.99 ? undefined : rate < 0.9 ? 'red' : 'amber';
