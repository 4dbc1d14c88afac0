import { type CharSet, complementOf, DIGITS, SPACES, unionOf, WORD_UNITS } from './char-set.ts';
import type { GroupNames } from './parse-regex.ts';

const CLASSES: Readonly<Record<string, CharSet>> = {
  d: DIGITS,
  D: complementOf(DIGITS),
  s: SPACES,
  S: complementOf(SPACES),
  w: WORD_UNITS,
  W: complementOf(WORD_UNITS),
};

const CONTROLS: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d };
const BACKSPACE = 0x08;
const HYPHEN = 0x2d;

interface AtomEscape {
  readonly next: number;
  /** The units it stands for; without it, it refers back to the `groups`. */
  readonly set?: CharSet;
  readonly groups?: readonly number[];
}

/** Reads the escape at `at` outside of a class. */
export function readAtomEscape(source: string, at: number, names: GroupNames): AtomEscape {
  const rest = source.slice(at, at + 12);
  const [number] = /^\\[1-9]\d*/.exec(rest) ?? [];
  const index = number === undefined ? Infinity : Number(number.slice(1));
  if (number !== undefined && index <= names.count) return { next: at + number.length, groups: [index] };
  const end = source.startsWith('\\k<', at) && names.indexes.size > 0 ? source.indexOf('>', at) : -1;
  if (end > 0) {
    const named = names.indexes.get(source.slice(at + 3, end));
    // A name written with escapes: any of them, then.
    return { next: end + 1, groups: named ?? [...names.indexes.values()].flat() };
  }
  const [control] = /^\\c[A-Za-z]/.exec(rest) ?? [];
  if (control !== undefined) return { next: at + 3, set: single(control.charCodeAt(2) % 32) };
  return readCommonEscape(source, at);
}

/** Reads the class at `at`; `set` is what stands in it, before case and negation. */
export function parseClass(source: string, at: number): { set: CharSet; isNegated: boolean; next: number } {
  const isNegated = source[at + 1] === '^';
  const sets: CharSet[] = [];
  let next = at + (isNegated ? 2 : 1);
  while (source[next] !== ']') {
    const from = readClassAtom(source, next);
    next = from.next;
    if (source[next] !== '-' || source[next + 1] === ']') {
      sets.push(from.set);
      continue;
    }
    const to = readClassAtom(source, next + 1);
    next = to.next;
    if (isSingle(from.set) && isSingle(to.set)) sets.push([from.set[0]!, to.set[0]!]);
    else sets.push(from.set, single(HYPHEN), to.set);
  }
  return { set: unionOf(sets), isNegated, next: next + 1 };
}

function readClassAtom(source: string, at: number): { set: CharSet; next: number } {
  if (source[at] !== '\\') return { set: single(source.charCodeAt(at)), next: at + 1 };
  if (source[at + 1] === 'b') return { set: single(BACKSPACE), next: at + 2 };
  const [control] = /^\\c[A-Za-z0-9_]/.exec(source.slice(at, at + 3)) ?? [];
  if (control !== undefined) return { set: single(control.charCodeAt(2) % 32), next: at + 3 };
  return readCommonEscape(source, at);
}

/** What means the same inside and outside of a class. */
function readCommonEscape(source: string, at: number): { set: CharSet; next: number } {
  const letter = source[at + 1] ?? '\\';
  // A `\c` that names no control character is a backslash; the `c` comes next.
  if (letter === 'c') return { set: single(0x5c), next: at + 1 };
  const known = CLASSES[letter];
  if (known) return { set: known, next: at + 2 };
  const control = CONTROLS[letter];
  if (control !== undefined) return { set: single(control), next: at + 2 };
  const rest = source.slice(at, at + 6);
  const [hex] = /^\\x[\da-fA-F]{2}/.exec(rest) ?? /^\\u[\da-fA-F]{4}/.exec(rest) ?? [];
  if (hex !== undefined) return { set: single(Number.parseInt(hex.slice(2), 16)), next: at + hex.length };
  const [octal] = /^\\(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(rest) ?? [];
  if (octal !== undefined) return { set: single(Number.parseInt(octal.slice(1), 8)), next: at + octal.length };
  return { set: single(letter.charCodeAt(0)), next: at + 2 };
}

const single = (unit: number): CharSet => [unit, unit];
const isSingle = (set: CharSet): boolean => set.length === 2 && set[0] === set[1];
