import { FlowError } from '@crossdock/errors';
import type { PlainValue } from '../header-values.ts';

/** The connection's own business; a flow that sets them would send something malformed. */
const RESERVED_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** RFC 9110 §5.5: no control characters but the tab; above Latin-1 cannot be written. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The address with its query parameters; one that is no full address is put behind `base`, whose path is kept. Throws `CONFIG_INVALID` for what
 * is not an http(s) URL.
 */
export function targetUrl(
  address: string,
  query: Readonly<Record<string, PlainValue | PlainValue[]>>,
  base?: string,
): URL {
  const full = base === undefined || SCHEME.test(address) ? address : behind(base, address);
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    const hint = base === undefined && !SCHEME.test(address) ? ', and the node names no connection' : '';
    throw invalid('the URL', `"${address.slice(0, 200)}" is not a full http or https address${hint}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('the URL', 'it holds a user name or password; send them in a header instead');
  }
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  }
  url.hash = '';
  return url;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** "orders" and "/orders" mean the same; "//host" and "\\host" would mean another host to a browser, here they are paths. */
function behind(base: string, path: string): string {
  if (path === '' || path.startsWith('?')) return base + path;
  return `${base.replace(/\/+$/, '')}/${path.replace(/^[/\\]+/, '')}`;
}

/** Header names in lower case, with idempotency key and trace context unless the author set them. Throws `CONFIG_INVALID`. */
export function writtenHeaders(
  given: Readonly<Record<string, PlainValue>>,
  { idempotencyKey, traceparent }: { idempotencyKey: string; traceparent: string },
): Record<string, string> {
  const headers: Record<string, string> = { 'idempotency-key': idempotencyKey, traceparent };
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    const text = String(value);
    if (RESERVED_HEADERS.has(lower)) throw invalid(`the header "${name}"`, 'it is set by the connection itself');
    if (!HEADER_VALUE.test(text)) throw invalid(`the header "${name}"`, 'a line break or such cannot be sent');
    headers[lower] = text;
  }
  return headers;
}

/** Adds the body as its content type wants it: JSON by default, a form for a form type, a string as it is for any other. */
export function writtenRequest(
  headers: Readonly<Record<string, string>>,
  body: unknown,
): { headers: Record<string, string>; body?: string } {
  if (body === undefined) return { headers: { ...headers } };
  const contentType = headers['content-type'] ?? 'application/json';
  return { headers: { ...headers, 'content-type': contentType }, body: writtenBody(contentType, body) };
}

function writtenBody(contentType: string, body: unknown): string {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || type.endsWith('+json')) return JSON.stringify(body);
  if (typeof body === 'string') return body;
  if (type === 'application/x-www-form-urlencoded' && isFlat(body)) {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(body)) form.append(name, String(value));
    return form.toString();
  }
  throw invalid('the body', `${contentType} needs a string${type.includes('form') ? ' or a flat object' : ''}`);
}

function isFlat(body: unknown): body is Record<string, PlainValue> {
  return (
    typeof body === 'object' &&
    body !== null &&
    !Array.isArray(body) &&
    Object.values(body).every((value) => ['string', 'number', 'boolean'].includes(typeof value))
  );
}

function invalid(what: string, reason: string): FlowError {
  return new FlowError('CONFIG_INVALID', { details: { what, reason } });
}
