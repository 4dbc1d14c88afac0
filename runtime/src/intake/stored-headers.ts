/** The query string of a request, as a header of its trigger. */
export const QUERY_HEADER = 'x-crossdock-query';
/** The subject of a message, as a header of its trigger. */
export const SUBJECT_HEADER = 'nats-subject';

/** What speaks of the connection, and what only we may say. */
const NOT_STORED = new Set([
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

/**
 * Credentials and signatures are for those at the door alone, whatever the sender's product calls them: `authorization`, `x-api-key`,
 * `x-hub-signature-256`, `x-shopify-hmac-sha256`, `stripe-signature`, `x-gitlab-token`, `x-amz-security-token`, `set-cookie` …
 */
const IS_SECRET =
  /(?:^|[-_.])(?:authorization|authentication|auth|cookie|cookies|signature|signatures|sig|hmac|secret|secrets|password|passwd|pwd|token|tokens|jwt|credential|credentials|api-?key|apikey|access-?key|private-?key|session-?id)(?:$|[-_.])/;
const HIDDEN = '•••';

/** The headers that rest with a trigger: names in lower case, without credentials; `ours` is what only we may say. */
export function storedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  ours: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const stored: Record<string, string> = Object.create(null);
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (value === undefined || !isStoredName(name)) continue;
    stored[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { ...stored, ...ours };
}

/** Senders say the same few names again and again; of those who make names up, so many of so many characters are remembered. */
const MAX_NAMES = 1_000;
const MAX_NAME_LENGTH = 100;
const storedNames = new Map<string, boolean>();

function isStoredName(name: string): boolean {
  const known = storedNames.get(name);
  if (known !== undefined) return known;
  const isStored = !NOT_STORED.has(name) && !isSecretName(name);
  if (storedNames.size < MAX_NAMES && name.length <= MAX_NAME_LENGTH) storedNames.set(name, isStored);
  return isStored;
}

/** A query string as it rests: parameters that are credentials keep their name alone. */
export function storedQuery(query: string): string {
  return query.replace(/([^&=]+)=([^&]*)/g, (whole, name: string) =>
    isSecretName(decoded(name)) ? `${name}=${HIDDEN}` : whole,
  );
}

/** Whether what goes by this name is a credential or a signature. */
function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return IS_SECRET.test(words);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
