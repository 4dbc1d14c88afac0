/** The query string of a request, as a header of its trigger. */
export const QUERY_HEADER = 'x-crossdock-query';
/** The subject of a message, as a header of its trigger. */
export const SUBJECT_HEADER = 'nats-subject';

/** Credentials are for those at the door alone; the others speak of the connection. */
const NOT_STORED = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  '__proto__',
  QUERY_HEADER,
  SUBJECT_HEADER,
]);

/** The headers that rest with a trigger: names in lower case, without credentials; `ours` is what only we may say. */
export function storedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  ours: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const stored: Record<string, string> = Object.create(null);
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (value === undefined || NOT_STORED.has(name)) continue;
    stored[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { ...stored, ...ours };
}
