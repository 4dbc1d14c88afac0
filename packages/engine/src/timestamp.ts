/** RFC 3339 UTC with milliseconds. */
export function timestamp(now: number): string {
  return new Date(now).toISOString();
}
