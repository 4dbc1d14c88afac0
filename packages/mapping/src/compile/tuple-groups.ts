import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { emptyFrame, type Frame, UNBOUND } from '../run/frame.ts';
import type { Group } from './ast-node.ts';
import { Gathering } from './gathering.ts';
import { addTo, checkedKey, type GroupEntry, valuesOf } from './groups.ts';
import type { Place } from './place.ts';
import type { Scope } from './scope.ts';
import { CONTEXT, withinTuple } from './tuple-step.ts';

/** Groups tuples; what those of one group have bound is put together name by name. */
export function tupleGroupCode(
  group: Group,
  place: Place,
  scope: Scope,
): (tuples: readonly Frame[], frame: Frame, run: Evaluation) => unknown {
  const keys = group.lhs.map(([key]) => withinTuple(key, place, scope));
  const values = group.lhs.map(([, value]) => withinTuple(value, place, scope));
  const waits = group.lhs.map(([, value]) => place.program.callsShared(value));
  return (tuples, frame, run) => {
    const groups = new Map<string, GroupEntry<Frame[]>>();
    run.spend(tuples.length);
    for (const tuple of tuples) {
      keys.forEach((code, pair) => {
        const key = checkedKey(code(tuple, run), group);
        if (key === undefined) return;
        addTo(
          groups,
          key,
          pair,
          group,
          () => [],
          (members) => members.push(tuple),
        );
      });
    }
    const spent = new Set<Frame>();
    return valuesOf(
      groups,
      run,
      frame,
      (pair) => waits[pair] === true,
      ({ pair, members }): Code => {
        const value = values[pair] as (tuple: Frame, run: Evaluation) => unknown;
        const merged =
          members.length === 1
            ? tupleAlone(members[0] as Frame, spent)
            : mergedTuple(members, { frame, scope, run, spent });
        return () => value(merged, run);
      },
    );
  };
}

/** A tuple that is a group by itself gives its context value away: later groups that it is in, by other pairs, have none of it. */
function tupleAlone(tuple: Frame, spent: Set<Frame>): Frame {
  if (spent.has(tuple)) return withContext(tuple, undefined);
  spent.add(tuple);
  return tuple;
}

function mergedTuple(
  tuples: readonly Frame[],
  { frame, scope, run, spent }: { frame: Frame; scope: Scope; run: Evaluation; spent: ReadonlySet<Frame> },
): Frame {
  const { length } = scope.names;
  const merged = emptyFrame(frame, length);
  merged[CONTEXT] = undefined;
  for (let slot = 1; slot <= length; slot++) {
    let values: Gathering | undefined;
    for (const tuple of tuples) {
      const value = tuple[slot];
      if (value === UNBOUND || (slot === CONTEXT && spent.has(tuple))) continue;
      values ??= new Gathering();
      values.add(value, run);
    }
    if (values) merged[slot] = values.value;
  }
  return merged;
}

function withContext(tuple: Frame, value: unknown): Frame {
  const copy: Frame = [...tuple];
  copy[CONTEXT] = value;
  return copy;
}
