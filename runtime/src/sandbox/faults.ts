const MODES = ['ok', 'fail', 'slow', 'cut', 'cut-before'] as const;

/**
 * `fail`: answer with `status`, store nothing. `slow`: work after `delayMs`. `cut`: store, then cut the connection before the answer.
 * `cut-before`: cut it, store nothing.
 */
export type FaultMode = (typeof MODES)[number];

export interface Faults {
  readonly mode: FaultMode;
  readonly status: number;
  readonly delayMs: number;
  /** Share of the requests that the fault hits, 0 to 1. */
  readonly rate: number;
  /** Milliseconds since 1970 at which all is well again. */
  readonly untilMs?: number;
}

export const NO_FAULTS: Faults = { mode: 'ok', status: 503, delayMs: 5000, rate: 1 };

/** Reads the body of `PUT /faults`, or gives a sentence on what is wrong with it. */
export function readFaults(body: unknown, nowMs: number): Faults | string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'the body must be a JSON object';
  const { mode, status, delayMs, rate, untilMs, forMs, ...unknown } = body as Record<string, unknown>;
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) return `unknown field "${stranger}"`;
  if (!MODES.some((known) => known === mode)) return `mode must be one of ${MODES.join(', ')}`;
  const problem =
    outside('status', status, 400, 599) ??
    outside('delayMs', delayMs, 0, 600_000) ??
    outside('rate', rate, 0, 1) ??
    outside('untilMs', untilMs, 0, Number.MAX_SAFE_INTEGER) ??
    outside('forMs', forMs, 0, 86_400_000);
  if (problem) return problem;
  const until = forMs === undefined ? untilMs : nowMs + (forMs as number);
  return {
    mode: mode as FaultMode,
    status: (status as number | undefined) ?? NO_FAULTS.status,
    delayMs: (delayMs as number | undefined) ?? NO_FAULTS.delayMs,
    rate: (rate as number | undefined) ?? NO_FAULTS.rate,
    ...(until === undefined ? {} : { untilMs: until as number }),
  };
}

/** The fault that hits one request now. `draw` is in [0, 1). */
export function faultNow(faults: Faults, nowMs: number, draw: number): FaultMode {
  const isOver = faults.untilMs !== undefined && nowMs >= faults.untilMs;
  return isOver || draw >= faults.rate ? 'ok' : faults.mode;
}

function outside(name: string, value: unknown, min: number, max: number): string | undefined {
  if (value === undefined) return undefined;
  const isIn = typeof value === 'number' && value >= min && value <= max;
  return isIn ? undefined : `${name} must be a number from ${min} to ${max}`;
}
