let last = { now: Number.NaN, text: '' };

/** RFC 3339 UTC with milliseconds. Several are made in each millisecond of a busy worker. */
export function timestamp(now: number): string {
  if (now !== last.now) last = { now, text: new Date(now).toISOString() };
  return last.text;
}
