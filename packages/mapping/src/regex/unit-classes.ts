import { type CharSet, complementOf, includesUnit, LINE_ENDS, sizeOf, WORD_UNITS } from './char-set.ts';
import { RegexTooLarge } from './parse-regex.ts';

const NARROW = 256;
const MAX_SETS = 1000;

/** The units of text, told apart only as far as some sets do. */
export interface UnitClasses {
  readonly count: number;
  /** The classes of the units below 256. */
  readonly narrow: Uint16Array;
  /** The class of any unit. */
  classOf(unit: number): number;
  /** Whether the units of a class are in a set, as `set * count + class`. */
  readonly isIn: Uint8Array;
  readonly isWord: Uint8Array;
  readonly isLineEnd: Uint8Array;
}

/** The coarsest classes of which each of the sets is a union. Throws `RegexTooLarge`. */
export function unitClassesOf(sets: readonly CharSet[], context: readonly CharSet[]): UnitClasses {
  if (sets.length > MAX_SETS) throw new RegexTooLarge(`it names more than ${MAX_SETS} different sets of characters`);
  const all = [...sets, ...context];
  const starts = [...new Set([0, ...all.flatMap((set) => set.map((bound, at) => bound + (at % 2)))])]
    .filter((start) => start <= 0xffff)
    .sort((a, b) => a - b);
  const { classes, count } = refine(starts, all);
  const samples = new Array<number>(count);
  for (const [at, start] of starts.entries()) samples[classes[at]!] = start;
  const membersOf = (set: CharSet) => Uint8Array.from(samples, (unit) => Number(includesUnit(set, unit)));
  const isIn = new Uint8Array(sets.length * count);
  for (const [at, set] of sets.entries()) isIn.set(membersOf(set), at * count);
  const classOf = (unit: number): number => classes[indexBefore(starts, unit)]!;
  return {
    count,
    narrow: Uint16Array.from({ length: NARROW }, (_, unit) => classOf(unit)),
    classOf,
    isIn,
    isWord: membersOf(WORD_UNITS),
    isLineEnd: membersOf(LINE_ENDS),
  };
}

/** Splits the intervals' classes by one set after the other. */
function refine(starts: readonly number[], sets: readonly CharSet[]): { classes: Int32Array; count: number } {
  const classes = new Int32Array(starts.length);
  let count = 1;
  for (const set of sets) {
    const inside = smallerOf(set);
    const split = new Map<number, number>();
    for (let at = 0; at < inside.length; at += 2) {
      for (let index = indexBefore(starts, inside[at]!); starts[index]! <= inside[at + 1]!; index++) {
        const before = classes[index]!;
        const after = split.get(before) ?? count++;
        split.set(before, after);
        classes[index] = after;
      }
    }
  }
  return withoutGaps(classes);
}

/** A set of all but one unit splits like that one unit, at less work. */
function smallerOf(set: CharSet): CharSet {
  const rest = complementOf(set);
  return sizeOf(rest) < sizeOf(set) ? rest : set;
}

function withoutGaps(classes: Int32Array): { classes: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  for (const old of classes) if (!numbers.has(old)) numbers.set(old, numbers.size);
  return { classes: classes.map((old) => numbers.get(old)!), count: numbers.size };
}

function indexBefore(starts: readonly number[], unit: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}
