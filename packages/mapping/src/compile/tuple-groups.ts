import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { emptyFrame, type Frame, UNBOUND } from '../run/frame.ts';
import type { Group } from './ast-node.ts';
import { Gathering } from './gathering.ts';
import { addTo, checkedKey, type GroupEntry, valuesOf } from './groups.ts';
import type { Place } from './place.ts';
import type { Scope } from './scope.ts';
import { withinTuple } from './tuple-step.ts';

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
    return valuesOf(
      groups,
      run,
      frame,
      (pair) => waits[pair] === true,
      ({ pair, members }): Code => {
        const value = values[pair] as (tuple: Frame, run: Evaluation) => unknown;
        const merged = members.length === 1 ? (members[0] as Frame) : mergedTuple(members, frame, scope, run);
        return () => value(merged, run);
      },
    );
  };
}

function mergedTuple(tuples: readonly Frame[], frame: Frame, { names }: Scope, run: Evaluation): Frame {
  const merged = emptyFrame(frame, names.length);
  for (let slot = 1; slot <= names.length; slot++) {
    let values: Gathering | undefined;
    for (const { [slot]: value } of tuples) {
      if (value === UNBOUND) continue;
      values ??= new Gathering();
      values.add(value, run);
    }
    if (values) merged[slot] = values.value;
  }
  return merged;
}
