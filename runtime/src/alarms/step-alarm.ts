/** How a condition stands for one subject at one look. */
export interface Observation {
  holds: boolean;
  value: number;
  summary: string;
}

export type AlarmEvent = 'firing' | 'still-firing' | 'resolved';

/** An alarm between two looks. Times are in milliseconds since 1970. */
export interface OpenAlarm {
  state: 'pending' | 'firing';
  /** Since when the condition holds. */
  since: number;
  firedAt?: number;
  /** Since when it holds no more, while that is not believed yet. */
  clearSince?: number;
  /** When the channels were last told. */
  notifiedAt?: number;
  value: number;
  summary: string;
}

/** The part of a rule that decides how an alarm goes on. */
export interface AlarmTiming {
  forMs: number;
  /** 0 tells once. */
  renotifyMs: number;
  mutedUntil?: number;
}

export type NextAlarm = OpenAlarm | (Omit<OpenAlarm, 'state'> & { state: 'resolved'; resolvedAt: number });

/** What becomes of an alarm: nothing to keep, or its next form; and what its channels are told. */
export interface AlarmStep {
  next: NextAlarm | undefined;
  event?: AlarmEvent;
}

/** A condition that comes and goes is one alarm, not many: it has to be away for so long. */
export const CLEAR_MS = 60_000;

/**
 * One look at a rule's condition: `ok → pending → firing → resolved`. It is told of when it fires, again after `renotifyMs`, and when it is over if
 * anybody was told before. A muted rule goes on being watched and tells nobody; if it still fires when that ends, it is told of then.
 */
export function stepAlarm(
  before: OpenAlarm | undefined,
  { holds, value, summary }: Observation,
  timing: AlarmTiming,
  now: number,
): AlarmStep {
  if (!holds) return before ? away(before, timing, now) : { next: undefined };
  const { clearSince: _back, ...known } = before ?? { state: 'pending' as const, since: now, value, summary };
  const alarm: OpenAlarm = { ...known, value, summary };
  if (alarm.state === 'pending') {
    if (now - alarm.since < timing.forMs) return { next: alarm };
    alarm.state = 'firing';
    alarm.firedAt = now;
  }
  const isMuted = timing.mutedUntil !== undefined && now < timing.mutedUntil;
  if (isMuted) return { next: alarm };
  const { notifiedAt } = alarm;
  if (notifiedAt === undefined) return { next: { ...alarm, notifiedAt: now }, event: 'firing' };
  const isDue = timing.renotifyMs > 0 && now - notifiedAt >= timing.renotifyMs;
  return isDue ? { next: { ...alarm, notifiedAt: now }, event: 'still-firing' } : { next: alarm };
}

function away(before: OpenAlarm, { mutedUntil }: AlarmTiming, now: number): AlarmStep {
  if (before.state === 'pending') return { next: undefined };
  const clearSince = before.clearSince ?? now;
  if (now - clearSince < CLEAR_MS) return { next: { ...before, clearSince } };
  const next: NextAlarm = { ...before, clearSince, state: 'resolved', resolvedAt: now };
  const wasTold = before.notifiedAt !== undefined;
  const isMuted = mutedUntil !== undefined && now < mutedUntil;
  return wasTold && !isMuted ? { next, event: 'resolved' } : { next };
}
