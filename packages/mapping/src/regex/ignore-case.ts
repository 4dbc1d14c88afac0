import { type CharSet, includesUnit, sizeOf, unionOf } from './char-set.ts';

const CASE_OFFSET = 0x20;

/** As many units are looked up one by one; beyond, all classes are gone through. */
const FEW_UNITS = 1000;

type CaseClass = readonly number[];

let classes: ReadonlyMap<number, CaseClass> | undefined;

/** The set together with all units that the flag `i` takes for the same as one of its own. */
export function ignoringCase(set: CharSet): CharSet {
  // No unit beyond ASCII is the same as one of ASCII (Canonicalize of ECMA-262, step 3.g), so the table is seldom needed.
  const isAscii = set.length === 0 || set[set.length - 1]! < 0x80;
  const added = isAscii ? asciiTwins(set) : classesIn(set).flatMap((units) => units.map((unit) => [unit, unit]));
  return added.length === 0 ? set : unionOf([set, ...added]);
}

function asciiTwins(set: CharSet): CharSet[] {
  const twins: CharSet[] = [];
  for (let at = 0; at < set.length; at += 2) {
    const upper = [Math.max(set[at]!, 0x41), Math.min(set[at + 1]!, 0x5a)] as const;
    const lower = [Math.max(set[at]!, 0x61), Math.min(set[at + 1]!, 0x7a)] as const;
    if (upper[0] <= upper[1]) twins.push([upper[0] + CASE_OFFSET, upper[1] + CASE_OFFSET]);
    if (lower[0] <= lower[1]) twins.push([lower[0] - CASE_OFFSET, lower[1] - CASE_OFFSET]);
  }
  return twins;
}

function classesIn(set: CharSet): readonly CaseClass[] {
  const known = caseClasses();
  if (sizeOf(set) > FEW_UNITS)
    return [...new Set(known.values())].filter((units) => units.some((unit) => includesUnit(set, unit)));
  const found = new Set<CaseClass>();
  for (let at = 0; at < set.length; at += 2) {
    for (let unit = set[at]!; unit <= set[at + 1]!; unit++) {
      const units = known.get(unit);
      if (units) found.add(units);
    }
  }
  return [...found];
}

/** By each unit that has others which are the same under the flag `i` without `u`: all of them. */
function caseClasses(): ReadonlyMap<number, CaseClass> {
  if (classes) return classes;
  const byCanonical = new Map<number, number[]>();
  for (let unit = 0; unit <= 0xffff; unit++) {
    const canonical = canonicalOf(unit);
    const same = byCanonical.get(canonical);
    if (same) same.push(unit);
    else byCanonical.set(canonical, [unit]);
  }
  const several = [...byCanonical.values()].filter((units) => units.length > 1);
  classes = new Map(several.flatMap((units) => units.map((unit) => [unit, units] as const)));
  return classes;
}

/** Canonicalize of ECMA-262 (22.2.2.7.3) without the flags `u` and `v`. */
function canonicalOf(unit: number): number {
  const upper = String.fromCharCode(unit).toUpperCase();
  if (upper.length !== 1) return unit;
  const code = upper.charCodeAt(0);
  return unit >= 0x80 && code < 0x80 ? unit : code;
}
