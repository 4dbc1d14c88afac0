import { diff3Merge } from 'node-diff3';

/** Who of the two wins where both changed one thing. */
export type Side = 'mine' | 'theirs';

/** Three states of one value; one that is not there is `undefined`. */
export interface Versions<Value = unknown> {
  readonly base: Value | undefined;
  readonly mine: Value | undefined;
  readonly theirs: Value | undefined;
}

/** Says what to take where both sides changed a value in different ways; `keys` lead to it. */
export type Settle = (keys: readonly string[], versions: Versions) => unknown;

/**
 * Three-way merge of JSON values: what one side alone changed is taken, and so is what both changed alike. Objects are merged by key, lists
 * of texts as sets, lists of one length by element, texts of several lines by line. What is left is for `settle`.
 */
export function mergeValues(versions: Versions, keys: readonly string[], settle: Settle): unknown {
  const { base, mine, theirs } = versions;
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isObject(mine) && isObject(theirs) && (base === undefined || isObject(base))) {
    return mergeObjects({ base: base ?? {}, mine, theirs }, keys, settle);
  }
  if (isTexts(mine) && isTexts(theirs) && (base === undefined || isTexts(base)))
    return mergeSets({ base: base ?? [], mine, theirs });
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    const { length } = base;
    if (mine.length === length && theirs.length === length)
      return base.map((item, at) =>
        mergeValues({ base: item, mine: mine[at], theirs: theirs[at] }, [...keys, String(at)], settle),
      );
  }
  if (typeof base === 'string' && typeof mine === 'string' && typeof theirs === 'string') {
    const text = mergeLines(base, mine, theirs);
    if (text !== undefined) return text;
  }
  return settle(keys, versions);
}

/** Whether two values are one as JSON, whatever the order of their keys. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, at) => isSame(item, right[at]));
  if (!isObject(left) || !isObject(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isSame(own(left, key), own(right, key)));
}

type JsonObject = Readonly<Record<string, unknown>>;

function mergeObjects(
  { base, mine, theirs }: { base: JsonObject; mine: JsonObject; theirs: JsonObject },
  keys: readonly string[],
  settle: Settle,
): JsonObject {
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  const entries = [...names].map((name): [string, unknown] => {
    const versions = { base: own(base, name), mine: own(mine, name), theirs: own(theirs, name) };
    return [name, mergeValues(versions, [...keys, name], settle)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What either side took away is gone, what either added is there. */
function mergeSets({ base, mine, theirs }: { base: string[]; mine: string[]; theirs: string[] }): string[] {
  const isKept = (text: string): boolean => !base.includes(text) || (mine.includes(text) && theirs.includes(text));
  return [...new Set([...mine, ...theirs])].filter(isKept);
}

/** The text with the lines that either side changed, where they are apart; else nothing. */
function mergeLines(base: string, mine: string, theirs: string): string | undefined {
  if (![base, mine, theirs].every((text) => text.includes('\n'))) return undefined;
  const regions = diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n'), { excludeFalseConflicts: true });
  if (regions.some(({ conflict }) => conflict !== undefined)) return undefined;
  return regions.flatMap(({ ok = [] }) => ok).join('\n');
}

function own(value: JsonObject, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length
  );
}
