import { type Refusal, type RequestHead, refused, type Verdict } from './verdict.ts';

/** Whole seconds since 1970, as the schemes write them. */
const SECONDS = /^[1-9]\d{0,11}$/;

/** Refuses what was signed too long ago or in the future, by more than the tolerance. */
export function timeProblem(seconds: string, { nowMs }: RequestHead, toleranceMs: number): Verdict | undefined {
  const reason = reasonAgainst(seconds, nowMs, toleranceMs);
  return reason && refused(reason);
}

function reasonAgainst(seconds: string, nowMs: number, toleranceMs: number): Refusal | undefined {
  if (!SECONDS.test(seconds)) return 'malformed';
  const ageMs = nowMs - Number(seconds) * 1000;
  if (ageMs > toleranceMs) return 'late';
  return ageMs < -toleranceMs ? 'early' : undefined;
}
