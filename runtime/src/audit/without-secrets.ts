import { openAll } from '../vault/index.ts';

/** What stands in an audit row for a value that nobody may read there. */
export const HIDDEN = '•••';

const SECRET_NAME =
  /pass(?:word|phrase)|secret|token|credential|authorization|api[-_]?key|private[-_]?key|signing[-_]?key|cookie|signature/i;
/** Beside a secret, not one: `tokenUrl`, `passwordChangedAt`, `secretName`. */
const ABOUT_A_SECRET = /(?:url|at|id|name|header|method|scheme|type|hint|tolerance\w*|ms)$/;
const SCHEME_AND_SECRET = /^(?:bearer|basic|digest|negotiate) +\S/i;
const USER_IN_URL = /\/\/[^/?#\s@]+@/g;

/**
 * A copy of a value as it may stand in the audit: sealed values, values under a name that says secret, passwords in addresses and
 * authorization values are dots. Whoever records leaves secrets out anyway; this is the net below.
 */
export function withoutSecrets(value: unknown): unknown {
  return hide(openAll(value, () => HIDDEN));
}

function hide(value: unknown): unknown {
  if (typeof value === 'string') return hideInText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(hide);
  const isNamedSecret = 'name' in value && typeof value.name === 'string' && isSecretName(value.name);
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      const secret = isSecretName(name) || (isNamedSecret && name === 'value');
      return [name, secret && typeof child !== 'boolean' && child !== null ? HIDDEN : hide(child)];
    }),
  );
}

function hideInText(text: string): string {
  if (SCHEME_AND_SECRET.test(text)) return HIDDEN;
  return text.includes('@') ? text.replace(USER_IN_URL, `//${HIDDEN}@`) : text;
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name);
}
