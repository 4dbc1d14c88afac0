import type { IncomingHttpHeaders } from 'node:http';

/** The query string of the request, as a header of the trigger. */
export const QUERY_HEADER = 'x-crossdock-query';
/** Credentials are for the ingress alone; the others speak of the connection. */
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
]);

/** The headers that rest with a trigger: names in lower case, without credentials; the query string beside them. */
export function storedHeaders(headers: IncomingHttpHeaders, query: string): Record<string, string> {
  const stored: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || NOT_STORED.has(name) || name === QUERY_HEADER || name === '__proto__') continue;
    stored[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  if (query !== '') stored[QUERY_HEADER] = query;
  return { ...stored };
}
