import type { TestXref } from './flow-test.ts';

/** What a look-up asks: the ids in `toSystem` of the thing that is `id` in `system`. */
export interface XrefQuery {
  readonly entity: string;
  readonly system: string;
  readonly id: string;
  readonly toSystem: string;
}

/** A look-up that an execution made, and what it found. */
export interface MadeLookup {
  readonly of: readonly [entity: string, system: string, id: string, toSystem: string];
  readonly ids: readonly string[];
}

export const idsIn = ({ ids }: TestXref, system: string): readonly string[] => {
  const found = Object.hasOwn(ids, system) ? ids[system] : undefined;
  return found === undefined ? [] : typeof found === 'string' ? [found] : found;
};

/** What a look-up finds among the things of a test. */
export function findIn(xrefs: readonly TestXref[], { entity, system, id, toSystem }: XrefQuery): string[] {
  const meant = xrefs.filter((one) => one.entity === entity && idsIn(one, system).includes(id));
  return [...new Set(meant.flatMap((one) => idsIn(one, toSystem)))];
}

/** Things among which every one of these look-ups finds again what it found; those that found nothing need none. */
export function xrefsOf(lookups: readonly MadeLookup[]): TestXref[] {
  const things = new Map<string, TestXref>();
  for (const {
    of: [entity, system, id, toSystem],
    ids,
  } of lookups) {
    if (ids.length === 0) continue;
    const key = JSON.stringify([entity, system, id]);
    const known = things.get(key)?.ids ?? { [system]: id };
    const found = ids.length === 1 ? (ids[0] as string) : [...ids];
    things.set(key, { entity, ids: { ...known, [toSystem]: found } });
  }
  return [...things.values()];
}
