import { isNumeric, truthOf } from '../functions/truth.ts';
import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { asSequence, EMPTY_SEQUENCE } from '../run/sequence.ts';
import { countTurn } from '../run/stride.ts';
import type { AstNode } from './ast-node.ts';
import type { Place } from './place.ts';

/**
 * `target[predicate]`, as the reference leaves it before sequences collapse: what was found once and is no array stands for the sequence of it
 * alone, since nothing tells them apart.
 */
export function filterCode(target: Code, predicate: AstNode, place: Place): Code {
  if (predicate.type === 'number') {
    const index = Math.floor(predicate.value as number);
    return (input, frame, run) => elementAt(target(input, frame, run), index);
  }
  const test = place.code(predicate);
  return (input, frame, run) => {
    const value = target(input, frame, run);
    if (!Array.isArray(value)) {
      const times = timesKept(test(value, frame, run), 0, 1, run);
      if (times === 0) return EMPTY_SEQUENCE;
      return times === 1 && value !== undefined ? value : asSequence(new Array(times).fill(value));
    }
    const { length } = value;
    const kept: unknown[] = [];
    for (let at = 0; at < length; at++) {
      countTurn(run, at, length);
      const item: unknown = value[at];
      const { depth } = run;
      let verdict: unknown;
      try {
        verdict = test(item, frame, run);
      } catch (thrown) {
        run.postpone(thrown, depth);
        continue;
      }
      if (verdict === false) continue;
      if (verdict === true) kept.push(item);
      else for (let times = timesKept(verdict, at, length, run); times > 0; times--) kept.push(item);
    }
    if (run.isWaiting) run.settle();
    run.checkSequence(kept.length);
    return asSequence(kept);
  };
}

function elementAt(value: unknown, index: number): unknown {
  if (!Array.isArray(value)) return (index === 0 || index === -1) && value !== undefined ? value : EMPTY_SEQUENCE;
  const item: unknown = value[index < 0 ? value.length + index : index];
  return item === undefined ? EMPTY_SEQUENCE : item;
}

/** How often a predicate's result keeps the element at `index`: numbers name elements, once each; all else is a condition. */
export function timesKept(verdict: unknown, index: number, length: number, run: Evaluation): number {
  if (typeof verdict === 'boolean') return verdict ? 1 : 0;
  if (verdict === undefined) return 0;
  if (typeof verdict === 'number') {
    if (isNumeric(verdict)) return isAt(verdict, index, length) ? 1 : 0;
  } else if (Array.isArray(verdict)) {
    run.spend(verdict.length);
    let isAllNumbers = true;
    for (const item of verdict) if (!isNumeric(item)) isAllNumbers = false;
    if (isAllNumbers) {
      let times = 0;
      for (const item of verdict) if (isAt(item as number, index, length)) times++;
      return times;
    }
  }
  return truthOf(run, verdict) ? 1 : 0;
}

function isAt(position: number, index: number, length: number): boolean {
  const floor = Math.floor(position);
  return (floor < 0 ? length + floor : floor) === index;
}
