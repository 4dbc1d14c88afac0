/** A set of UTF-16 units as sorted, separate, inclusive ranges: `[from, to, from, to, …]`. */
export type CharSet = readonly number[];

const LAST_UNIT = 0xffff;
/** Stands for the end of the text in sets that say what may come next. */
export const END_OF_TEXT = 0x10000;

export const EMPTY_SET: CharSet = [];
export const ALL_UNITS: CharSet = [0, LAST_UNIT];
export const DIGITS: CharSet = [0x30, 0x39];
/** `\w` without the flag `u`. */
export const WORD_UNITS: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
export const LINE_ENDS: CharSet = [0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029];
/** WhiteSpace and LineTerminator of ECMA-262. */
export const SPACES: CharSet = [
  ...[0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff],
];

export function unionOf(sets: readonly CharSet[]): CharSet {
  const ranges: [number, number][] = [];
  for (const set of sets) for (let at = 0; at < set.length; at += 2) ranges.push([set[at]!, set[at + 1]!]);
  ranges.sort(([a], [b]) => a - b);
  const union: number[] = [];
  for (const [from, to] of ranges) {
    const last = union.length - 1;
    if (last > 0 && from <= union[last]! + 1) union[last] = Math.max(union[last]!, to);
    else union.push(from, to);
  }
  return union;
}

/** All other units; `END_OF_TEXT` is never among them. */
export function complementOf(set: CharSet): CharSet {
  const rest: number[] = [];
  let next = 0;
  for (let at = 0; at < set.length; at += 2) {
    if (set[at]! > next) rest.push(next, set[at]! - 1);
    next = set[at + 1]! + 1;
  }
  if (next <= LAST_UNIT) rest.push(next, LAST_UNIT);
  return rest;
}

export function intersectionOf(one: CharSet, other: CharSet): CharSet {
  const common: number[] = [];
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    const from = Math.max(one[a]!, other[b]!);
    const to = Math.min(one[a + 1]!, other[b + 1]!);
    if (from <= to) common.push(from, to);
    if (one[a + 1]! < other[b + 1]!) a += 2;
    else b += 2;
  }
  return common;
}

export const sizeOf = (set: CharSet): number =>
  set.reduce((size, bound, at) => size + (at % 2 === 0 ? -bound : bound + 1), 0);

export const areDisjoint = (one: CharSet, other: CharSet): boolean => intersectionOf(one, other).length === 0;

export function includesUnit(set: CharSet, unit: number): boolean {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (unit < set[middle * 2]!) high = middle - 1;
    else if (unit > set[middle * 2 + 1]!) low = middle + 1;
    else return true;
  }
  return false;
}
