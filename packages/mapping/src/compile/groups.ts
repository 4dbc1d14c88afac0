import { setField } from '../functions/objects.ts';
import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import type { Frame } from '../run/frame.ts';
import { countTurn } from '../run/stride.ts';
import type { Group } from './ast-node.ts';
import { Gathering } from './gathering.ts';
import type { Place } from './place.ts';
import { decided } from './side-by-side.ts';

/** What grouping has found of one key: the pair that gave it, and the members. */
export interface GroupEntry<Members> {
  readonly pair: number;
  readonly members: Members;
}

/** What there is to group: nothing is grouped as well, so that an object is made. */
export function listOf(found: unknown): readonly unknown[] {
  if (!Array.isArray(found)) return [found];
  return found.length === 0 ? [undefined] : found;
}

/** Groups the elements of a list (never an empty one: `[undefined]` instead) by the keys of an object constructor. */
export function groupCode(
  group: Group,
  place: Place,
  keys = group.lhs.map(([key]) => place.code(key)),
  values = group.lhs.map(([, value]) => place.code(value)),
): (list: readonly unknown[], frame: Frame, run: Evaluation) => unknown {
  const waits = group.lhs.map(([, value]) => place.program.callsShared(value));
  return (list, frame, run) => {
    const groups = new Map<string, GroupEntry<Gathering>>();
    for (let at = 0; at < list.length; at++) {
      countTurn(run, at, list.length);
      const item = list[at];
      for (let pair = 0; pair < keys.length; pair++) {
        const { depth } = run;
        try {
          const key = checkedKey((keys[pair] as Code)(item, frame, run), group);
          if (key === undefined) continue;
          addTo(
            groups,
            key,
            pair,
            group,
            () => new Gathering(),
            (members) => members.add(item, run),
          );
        } catch (thrown) {
          run.postpone(thrown, depth);
        }
      }
    }
    run.settle();
    return valuesOf(
      groups,
      run,
      frame,
      (pair) => waits[pair] === true,
      (entry) => {
        const value = values[entry.pair] as Code;
        return (_input, inner) => value(entry.members.value, inner, run);
      },
    );
  };
}

/** Throws `T1003` and `D1013`. */
export function checkedKey(key: unknown, { position }: Group): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string') throw { code: 'T1003', position, value: key };
  if (key === '_jsonata_lambda' || key === '_jsonata_function') throw { code: 'D1013', position, value: key };
  return key;
}

/** Throws `D1009` where two pairs give the same key. */
export function addTo<Members>(
  groups: Map<string, GroupEntry<Members>>,
  key: string,
  pair: number,
  { position }: Group,
  empty: () => Members,
  add: (members: Members) => void,
): void {
  let entry = groups.get(key);
  if (entry === undefined) {
    entry = { pair, members: empty() };
    groups.set(key, entry);
  } else if (entry.pair !== pair) throw { code: 'D1009', position, value: key };
  add(entry.members);
}

/** Evaluates the groups' values, all of them at once as far as errors go. */
export function valuesOf<Members>(
  groups: ReadonlyMap<string, GroupEntry<Members>>,
  run: Evaluation,
  frame: Frame,
  isShared: (pair: number) => boolean,
  codeOf: (entry: GroupEntry<Members>) => Code,
): Record<string, unknown> {
  const entries = [...groups];
  const codes = entries.map(([, entry]) => codeOf(entry));
  const result: Record<string, unknown> = {};
  for (let at = 0; at < entries.length; at++) {
    const [key, { pair }] = entries[at] as [string, GroupEntry<Members>];
    let value: unknown;
    try {
      value = (codes[at] as Code)(undefined, frame, run);
    } catch (thrown) {
      throw decided(thrown, run, entries.length > 1 && isShared(pair), codes.slice(at + 1), undefined, frame);
    }
    if (value !== undefined) setField(result, key, value);
  }
  return result;
}
