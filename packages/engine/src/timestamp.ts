let last = { now: Number.NaN, text: '' };

/** RFC 3339 UTC with milliseconds. Several are made in each millisecond of a busy worker. */
export function timestamp(now: number): string {
  if (now !== last.now) last = { now, text: new Date(now).toISOString() };
  return last.text;
}

let lastRead = last;

/** Milliseconds since 1970 of a timestamp. The same few are read again and again while an execution runs. */
export function timeOf(text: string): number {
  if (text === last.text) return last.now;
  if (text !== lastRead.text) lastRead = { now: Date.parse(text), text };
  return lastRead.now;
}
