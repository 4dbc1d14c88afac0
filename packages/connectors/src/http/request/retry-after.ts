/** A day: nobody means longer, and a wrong clock at the other side must not park an order for years. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/** `Retry-After` (RFC 9110 §10.2.3: seconds or a date) as milliseconds from `nowMs`; nothing for what cannot be read. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS);
  // Dates begin with a day's name; Date.parse alone would take "-5" or "2" for a year.
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at - nowMs, 0), MAX_RETRY_AFTER_MS);
}
