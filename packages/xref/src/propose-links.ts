import type { LinkedId, XrefRecord } from './record.ts';

/** Two records that may be one thing. A person decides. */
export interface Proposal {
  readonly a: XrefRecord;
  readonly b: XrefRecord;
  /** From 0 to 1. */
  readonly confidence: number;
  /** What speaks for it: key fields that are equal, and `name` where names are alike. */
  readonly because: readonly string[];
}

const ALIKE = 0.8;
/** A word that so many names have tells nothing. */
const COMMON = 50;
const LEGAL_FORMS = new Set(
  'ag bv co corp corporation gmbh inc kg limited llc ltd nv oy plc sa sarl sas spa srl the'.split(' '),
);

/**
 * Pairs of records of one entity that have no system in common and the same key field or alike names, the likeliest first. Key fields are
 * compared by their letters and digits alone, names by pairs of letters (Dice) without legal forms.
 */
export function proposeLinks(records: readonly XrefRecord[], most: number): Proposal[] {
  const found = new Map<string, Proposal>();
  for (const group of candidateGroups(records)) {
    for (const [at, a] of group.entries()) {
      for (const b of group.slice(at + 1)) {
        const key = [a.recordId, b.recordId].toSorted().join(' ');
        if (found.has(key) || a === b || haveCommonSystem(a, b)) continue;
        const proposal = compare(a, b);
        if (proposal) found.set(key, proposal);
      }
    }
  }
  return [...found.values()].toSorted((x, y) => y.confidence - x.confidence).slice(0, most);
}

/** Records that share a key field's value or a word of their names; only those are compared. */
function candidateGroups(records: readonly XrefRecord[]): XrefRecord[][] {
  const groups = new Map<string, Set<XrefRecord>>();
  const put = (key: string, record: XrefRecord) => groups.set(key, (groups.get(key) ?? new Set()).add(record));
  for (const record of records) {
    for (const id of record.ids) {
      for (const [field, value] of keyFields(id)) put(`${field}=${value}`, record);
      for (const word of wordsOf(id)) put(`~${word}`, record);
    }
  }
  return [...groups.values()].filter(({ size }) => size > 1 && size <= COMMON).map((group) => [...group]);
}

const haveCommonSystem = (a: XrefRecord, b: XrefRecord): boolean =>
  a.ids.some(({ system }) => b.ids.some((other) => other.system === system));

function compare(a: XrefRecord, b: XrefRecord): Proposal | undefined {
  const equal = new Set<string>();
  let differs = false;
  let alike = 0;
  for (const one of a.ids) {
    for (const other of b.ids) {
      const theirs = new Map(keyFields(other));
      for (const [field, value] of keyFields(one)) {
        if (theirs.get(field) === value) equal.add(field);
        else if (theirs.has(field)) differs = true;
      }
      alike = Math.max(alike, likeness(one, other));
    }
  }
  const isAlike = alike >= ALIKE;
  if (equal.size === 0 && (!isAlike || differs)) return undefined;
  const because = [...equal, ...(isAlike ? ['name'] : [])];
  const sure = equal.size === 0 ? alike * 0.8 : isAlike ? 1 : 0.9;
  return { a, b, confidence: Math.round((differs ? sure / 2 : sure) * 100) / 100, because };
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function keyFields({ fields = {} }: LinkedId): [string, string][] {
  return Object.entries(fields).flatMap(([field, value]): [string, string][] => {
    const text = plain(value).replaceAll(' ', '');
    return text === '' ? [] : [[field, text]];
  });
}

const wordsOf = ({ name = '' }: LinkedId): string[] =>
  plain(name)
    .split(' ')
    .filter((word) => word.length > 1 && !LEGAL_FORMS.has(word));

function likeness(a: LinkedId, b: LinkedId): number {
  const [one, other] = [a, b].map((id) => pairsOf(wordsOf(id))) as [string[], string[]];
  if (one.length === 0 || other.length === 0) return 0;
  const left = [...other];
  const common = one.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * common) / (one.length + other.length);
}

const pairsOf = (words: readonly string[]): string[] =>
  words.flatMap((word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));
