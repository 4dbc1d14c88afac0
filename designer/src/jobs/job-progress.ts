import type { Job } from '@crossdock/api-contract';
import { formatNumber } from '../ui/format.ts';

/** How far a job is: executions handled, the share of all in percent, and at its present rate the ms that are left. */
export function jobProgress({ done, failed, total, perSecond, status }: Job): {
  handled: number;
  percent: number;
  leftMs: number | undefined;
} {
  const handled = Math.min(done + failed, total);
  const isMoving = status === 'running' && perSecond !== undefined && perSecond > 0;
  return {
    handled,
    percent: total === 0 ? 100 : (handled / total) * 100,
    leftMs: isMoving ? Math.ceil((total - handled) / perSecond) * 1_000 : undefined,
  };
}

/** `0.4`, `12`, `1,240`. */
export function rateText(perSecond: number): string {
  return formatNumber(perSecond, { maximumFractionDigits: perSecond < 10 ? 1 : 0 });
}
