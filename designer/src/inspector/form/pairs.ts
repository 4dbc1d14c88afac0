import { inspectorTexts } from '../../texts/index.ts';

const texts = inspectorTexts.form;

/** A name with its value, as a row of an editor; `key` tells rows apart while names are half typed. */
export interface Pair {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

export function toPairs(record: Readonly<Record<string, string>>): Pair[] {
  return Object.entries(record).map(([name, value], key) => ({ key, name, value }));
}

/** Rows without a name are left out; of a name that is there twice the last row counts. */
export function toRecord(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]));
}

/** The row one place up (-1) or down (1); at the ends nothing changes. */
export function movePair(pairs: readonly Pair[], key: number, by: -1 | 1): readonly Pair[] {
  const from = pairs.findIndex((pair) => pair.key === key);
  const [pair, other] = [pairs[from], pairs[from + by]];
  return pair && other ? pairs.with(from, other).with(from + by, pair) : pairs;
}

export function nextKey(pairs: readonly Pair[]): number {
  return Math.max(-1, ...pairs.map(({ key }) => key)) + 1;
}

/** Names that several rows have, as each was first written; `ignoreCase` for names of headers, which differ by more than capitals. */
export function namesTwice(pairs: readonly Pair[], ignoreCase: boolean): string[] {
  const same = (name: string) => (ignoreCase ? name.toLowerCase() : name);
  const named = Map.groupBy(
    pairs.filter(({ name }) => name !== ''),
    ({ name }) => same(name),
  );
  return [...named.values()].flatMap(([first, ...others]) => (first && others.length > 0 ? [first.name] : []));
}

/** One line for each row, `name: value`. */
export function pairsText(pairs: readonly Pair[]): string {
  return pairs
    .filter(({ name }) => name !== '')
    .map(({ name, value }) => `${name}: ${value}`)
    .join('\n');
}

/**
 * Reads what people have at hand: a JSON object, or lines `name: value`, `name=value` (the parts of a query too, with `&` between them) or a name and
 * a value with a tab between, as tables give them. Empty lines are left out.
 * @returns the pairs, or the sentence that says which line is no pair
 */
export function parsePairs(text: string): readonly Pair[] | string {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return parseObject(trimmed);
  const isQuery = /^\??[^\s:=]+=[^\n]*$/.test(trimmed) && trimmed.includes('&');
  const lines = isQuery ? trimmed.replace(/^\?/, '').split('&') : text.split(/\r?\n/);
  const pairs: Pair[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [, name, value] = /^\s*([^\t:=]+?)\s*[\t:=]\s?(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return texts.noPair(at + 1, line.trim());
    pairs.push({
      key: pairs.length,
      name: isQuery ? decoded(name) : name,
      value: (isQuery ? decoded(value) : value).trimEnd(),
    });
  }
  return pairs;
}

function parseObject(text: string): readonly Pair[] | string {
  try {
    const entries = Object.entries(JSON.parse(text) as object);
    return entries.map(([name, value], key) => ({
      key,
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
  } catch {
    return texts.noObject;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}
