import jsonata from 'jsonata';

/** A built-in function as JSONata holds it. `this` of the implementation is JSONata's focus. */
export interface Builtin {
  readonly _jsonata_function: true;
  readonly implementation: (this: unknown, ...args: unknown[]) => unknown;
  readonly signature?: unknown;
}

/** Longer strings are refused by the functions that would walk them: one call of those is not stopped by the time limit. */
export const MAX_STRING_LENGTH = 16 * 1024 * 1024;

const STRING_FUNCTIONS = [
  ...['base64decode', 'base64encode', 'contains', 'decodeUrl', 'decodeUrlComponent', 'encodeUrl', 'encodeUrlComponent'],
  ...['eval', 'length', 'lowercase', 'match', 'number', 'parseInteger', 'replace', 'split', 'substring'],
  ...['substringAfter', 'substringBefore', 'toMillis', 'trim', 'uppercase'],
];

let guarded: Promise<Record<string, Builtin>> | undefined;

/** Bindings that stand before the built-ins of the same names and bound what one call of them may cost. */
export function guardedBuiltins(): Promise<Record<string, Builtin>> {
  guarded ??= guardAll();
  return guarded;
}

/** JSONata's own function of that name. */
export async function originalBuiltin(name: string): Promise<Builtin> {
  return (await jsonata(`$${name}`).evaluate(undefined)) as Builtin;
}

/**
 * The built-in with another implementation. JSONata reads how many arguments a function takes from its length (in `$map` and the like) and
 * from its source text (in partial application), so both stay as they were.
 */
export function replaced(
  { implementation: original, ...rest }: Builtin,
  implementation: Builtin['implementation'],
): Builtin {
  Object.defineProperties(implementation, {
    length: { value: original.length },
    toString: { value: () => original.toString() },
  });
  return { ...rest, implementation };
}

/** Thrown in JSONata's own form. */
export class StringLimit extends Error {
  readonly code = 'STRING_LIMIT';
}

async function guardAll(): Promise<Record<string, Builtin>> {
  const strings = STRING_FUNCTIONS.map(async (name) => [name, guardStrings(await originalBuiltin(name))] as const);
  const [pad, join, distinct] = await Promise.all(['pad', 'join', 'distinct'].map(originalBuiltin));
  return {
    ...Object.fromEntries(await Promise.all(strings)),
    pad: guard(pad as Builtin, ([text, width]) => checkLength(Math.max(lengthOf(text), Math.abs(Number(width) || 0)))),
    join: guard(join as Builtin, ([parts, separator]) => checkLength(joinedLength(parts, separator))),
    distinct: replaced(distinct as Builtin, distinctValues),
  };
}

function guardStrings(original: Builtin): Builtin {
  return guard(original, (args) => {
    for (const value of args) checkLength(lengthOf(value));
  });
}

function guard(original: Builtin, check: (args: unknown[]) => void): Builtin {
  const { implementation } = original;
  return replaced(original, function (this: unknown, ...args: unknown[]) {
    check(args);
    return implementation.apply(this, args);
  });
}

const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 0);

function joinedLength(parts: unknown, separator: unknown): number {
  if (!Array.isArray(parts)) return lengthOf(parts);
  return parts.reduce((sum: number, part) => sum + lengthOf(part), parts.length * lengthOf(separator));
}

function checkLength(length: number): void {
  if (length > MAX_STRING_LENGTH) throw new StringLimit('string length');
}

/** `$distinct` in linear time: JSONata's own compares each with each, which no time limit stops. */
function distinctValues(this: unknown, values: unknown): unknown {
  if (!Array.isArray(values) || values.length <= 1) return values;
  const seen = new Set<unknown>();
  const kept = values.filter((value) => {
    const key = typeof value === 'object' && value !== null ? `o${canonicalText(value)}` : typedKey(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  // A path's result stays a sequence, which collapses where one value is left.
  return (values as { sequence?: boolean }).sequence ? Object.assign(kept, { sequence: true }) : kept;
}

const typedKey = (value: unknown): unknown => (typeof value === 'string' ? `s${value}` : value);

/** The same text for values that JSONata holds equal: the order of keys does not count. */
function canonicalText(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : inner,
    ) ?? ''
  );
}
