/** Whom a change of a schema breaks: events that are stored, which no longer fit, or subscribers, who get what they were not told of. */
export type Broken = 'stored events' | 'subscribers';

/** A change that is not compatible. */
export interface SchemaBreak {
  /** The field as people write it: `data.lines[].qty.uom`; empty for the whole. */
  readonly field: string;
  readonly breaks: readonly Broken[];
  /** Continues a sentence that begins with the field. */
  readonly reason: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** They say something about a value without deciding which fit. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  '$id',
  '$schema',
  '$comment',
]);

const LOWER_LIMITS = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const UPPER_LIMITS = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);
/** Compared below, field by field and word by word. */
const STRUCTURE = new Set(['properties', 'required', 'items', 'enum', 'const']);

const BOTH: readonly Broken[] = ['stored events', 'subscribers'];
const STORED: readonly Broken[] = ['stored events'];
const SUBSCRIBERS: readonly Broken[] = ['subscribers'];

/**
 * What breaks when the schema `before` is replaced by `after`; nothing for a compatible change. Compatible are: another optional field where
 * unknown ones were refused so far, and other words about a field. A schema is compatible with itself, two changes that are compatible one
 * after the other are so together, and none is compatible both ways but one that changes words alone.
 */
export function schemaBreaks(before: object, after: object, field = ''): SchemaBreak[] {
  const [old, now] = [before as Schema, after as Schema];
  return [
    ...keywordBreaks(old, now, field),
    ...wordBreaks(old, now, field),
    ...fieldBreaks(old, now, field),
    ...itemBreaks(old, now, field),
  ];
}

/** Limits that moved, and keywords of which it is not known what a change of them does. */
function keywordBreaks(old: Schema, now: Schema, field: string): SchemaBreak[] {
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].flatMap((name) => {
    if (ANNOTATIONS.has(name) || name.startsWith('x-') || STRUCTURE.has(name) || same(old[name], now[name])) return [];
    const reason = `has ${name} ${worded(now[name])}, and had ${worded(old[name])}`;
    return [{ field, breaks: whomLimitBreaks(name, old[name], now[name]), reason }];
  });
}

function whomLimitBreaks(name: string, old: unknown, now: unknown): readonly Broken[] {
  const isLower = LOWER_LIMITS.has(name);
  if (!isLower && !UPPER_LIMITS.has(name)) return BOTH;
  const none = isLower ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const isRaised = ((now as number | undefined) ?? none) > ((old as number | undefined) ?? none);
  return isRaised === isLower ? STORED : SUBSCRIBERS;
}

/** Values that were taken away or added. */
function wordBreaks(old: Schema, now: Schema, field: string): SchemaBreak[] {
  const [words, newWords] = [wordsOf(old), wordsOf(now)];
  if (words === undefined && newWords === undefined) return [];
  if (words === undefined) return [{ field, breaks: STORED, reason: 'takes some values only, and took any' }];
  if (newWords === undefined) return [{ field, breaks: SUBSCRIBERS, reason: 'takes any value, and took some only' }];
  return [
    ...without(words, newWords).map((word) => ({ field, breaks: STORED, reason: `no longer takes ${word}` })),
    ...without(newWords, words).map((word) => ({ field, breaks: SUBSCRIBERS, reason: `may now be ${word}` })),
  ];
}

const without = (words: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...words].filter((word) => !others.has(word));

function wordsOf(schema: Schema): ReadonlySet<string> | undefined {
  if ('const' in schema) return new Set([JSON.stringify(schema.const)]);
  return Array.isArray(schema.enum) ? new Set(schema.enum.map((word) => JSON.stringify(word))) : undefined;
}

function fieldBreaks(old: Schema, now: Schema, field: string): SchemaBreak[] {
  const [fields, newFields] = [partsOf(old.properties), partsOf(now.properties)];
  const [required, newlyRequired] = [listOf(old.required), listOf(now.required)];
  const at = (name: string): string => (field === '' ? name : `${field}.${name}`);
  return [
    ...Object.keys({ ...fields, ...newFields }).flatMap((name) => {
      const [part, newPart] = [fields[name], newFields[name]];
      if (part && newPart) return schemaBreaks(part, newPart, at(name));
      if (part) return [{ field: at(name), breaks: BOTH, reason: 'was taken away' }];
      return old.additionalProperties === false
        ? []
        : [{ field: at(name), breaks: STORED, reason: 'is new where any field was taken before' }];
    }),
    ...newlyRequired
      .filter((name) => !required.includes(name))
      .map((name) => ({ field: at(name), breaks: STORED, reason: 'must be there now' })),
    ...required
      .filter((name) => !newlyRequired.includes(name))
      .map((name) => ({ field: at(name), breaks: SUBSCRIBERS, reason: 'may be missing now' })),
  ];
}

function itemBreaks(old: Schema, now: Schema, field: string): SchemaBreak[] {
  if (same(old.items, now.items)) return [];
  if (old.items === undefined) return [{ field, breaks: STORED, reason: 'takes some entries only, and took any' }];
  if (now.items === undefined) return [{ field, breaks: SUBSCRIBERS, reason: 'takes any entries, and took some only' }];
  return schemaBreaks(old.items as object, now.items as object, `${field}[]`);
}

const partsOf = (value: unknown): Readonly<Record<string, object>> => (value ?? {}) as Record<string, object>;
const listOf = (value: unknown): readonly string[] => (value ?? []) as string[];
const worded = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
