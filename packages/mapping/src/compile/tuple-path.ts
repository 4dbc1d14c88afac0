import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { emptyFrame, type Frame, UNBOUND } from '../run/frame.ts';
import { asSequence, collapsed, isSequence, kept } from '../run/sequence.ts';
import { countTurn } from '../run/stride.ts';
import type { AstNode, Stage } from './ast-node.ts';
import { timesKept } from './filter.ts';
import { groupCode, listOf } from './groups.ts';
import type { Place } from './place.ts';
import { Scope } from './scope.ts';
import { orderOf, sortCode } from './sort.ts';
import { constructedList, followCode } from './steps.ts';
import { tupleGroupCode } from './tuple-groups.ts';
import { CONTEXT, CONTEXT_NAME, objectOf, withinTuple } from './tuple-step.ts';

/** Tuples on their way along a path. */
interface Stream extends Array<Frame> {
  /** An order has taken from the list of them that they are tuples: conditions and groups behind it meet them as objects, as any other. */
  isUnmarked?: boolean;
}

/** A path on which something is bound: each step makes tuples of the tuples before. */
export function tuplePathCode(node: AstNode, place: Place): Code {
  const steps = node.steps as readonly AstNode[];
  if (node.tuple && !place.takesTuples)
    return place.program.leave('% behind parentheses', 'what they find leaves its path');
  const scope = new Scope(place.scope, [CONTEXT_NAME, ...labelsOf(node)]);
  const from = steps.findIndex(({ tuple }) => tuple);
  const before = from > 0 ? followCode(steps.slice(0, from), place, false) : undefined;
  const constructed = from === 0 && steps[0]?.consarray ? place.code(steps[0] as AstNode) : undefined;
  const moves = steps.slice(constructed ? 1 : from).map((step) => moveCode(step, place, scope));
  const isAbsolute = steps[0]?.type === 'variable';
  const open = (frame: Frame, value: unknown): Frame => {
    const tuple = emptyFrame(frame, scope.names.length);
    tuple[CONTEXT] = value;
    return tuple;
  };
  const keepsInput = steps[0]?.focus !== undefined;
  const first: (...given: Parameters<Code>) => readonly unknown[] | undefined = (input, frame, run) => {
    const list = Array.isArray(input) && !isAbsolute ? input : [input];
    if (before) {
      const found = before(input, frame, run);
      return found === undefined || Array.isArray(found) ? found : [found];
    }
    if (!constructed) return list;
    const made = constructedList(constructed(list, frame, run)) ?? [];
    return keepsInput ? list : made;
  };
  const stream = (input: unknown, frame: Frame, run: Evaluation): Stream | undefined => {
    const list = first(input, frame, run);
    if (list === undefined || (before && list.length === 0)) return undefined;
    let tuples: Stream | undefined;
    for (const move of moves) tuples = move(tuples, list, frame, run, open);
    if (tuples === undefined) throw new TypeError('nothing was bound');
    return tuples;
  };
  if (node.group) {
    const ofTuples = tupleGroupCode(node.group, place, scope);
    const ofValues = groupCode(node.group, place);
    return (input, frame, run) => {
      const tuples = stream(input, frame, run);
      if (tuples === undefined) return ofValues([undefined], frame, run);
      if (!tuples.isUnmarked) return ofTuples(tuples, frame, run);
      return ofValues(listOf(tuples.map((tuple) => objectOf(tuple, scope))), frame, run);
    };
  }
  if (node.tuple && endsInOrder(steps))
    return place.program.leave('% behind an order in parentheses', 'the order takes from the path what % finds');
  if (node.tuple) return stream;
  const finish = node.keepSingletonArray || node.keepArray ? kept : collapsed;
  // An empty array constructed in place is what a path gives that goes no further.
  const beginsConstructed = from > 0 && steps[0]?.consarray === true;
  return (input, frame, run) => {
    const tuples = stream(input, frame, run);
    if (tuples === undefined && beginsConstructed) return nothingOf(first(input, frame, run));
    return tuples && finish(asSequence(tuples.map((tuple) => tuple[CONTEXT])));
  };
}

/** Whether the last thing that a path does to its tuples is to put them in order. */
const endsInOrder = (steps: readonly AstNode[]): boolean =>
  steps.at(-1)?.type === 'sort' && steps.slice(0, -1).some(({ tuple }) => tuple);

const nothingOf = (list: readonly unknown[] | undefined): unknown => (isSequence(list) ? undefined : list);

/** Whether what a node gives is a tuple stream. */
export function makesTuples(node: AstNode): boolean {
  if (node.type === 'path') return node.tuple === true && !node.group && (node.steps ?? []).some(({ tuple }) => tuple);
  const last = node.type === 'block' ? node.expressions?.at(-1) : undefined;
  return last !== undefined && !node.group && makesTuples(last);
}

/** The names that a path binds, those of the streams it takes up among them. */
export function labelsOf(node: AstNode): string[] {
  const labels = (node.steps ?? []).flatMap((step) => [
    ...[step.focus, step.index, step.ancestor?.label].filter((label) => label !== undefined),
    ...(step.stages ?? []).flatMap(({ type, value }) => (type === 'index' && value !== undefined ? [value] : [])),
    ...(makesTuples(step) ? labelsOf(streamIn(step)) : []),
  ]);
  return [...new Set(labels)];
}

function streamIn(node: AstNode): AstNode {
  return node.type === 'block' ? streamIn(node.expressions?.at(-1) as AstNode) : node;
}

type Move = (
  tuples: Stream | undefined,
  list: readonly unknown[],
  frame: Frame,
  run: Evaluation,
  open: (frame: Frame, value: unknown) => Frame,
) => Stream;

function moveCode(step: AstNode, place: Place, scope: Scope): Move {
  const move = step.type === 'sort' ? sortMove(step, place, scope) : stepMove(step, place, scope);
  const stages = (step.stages ?? []).map((stage) => stageCode(stage, place, scope));
  return (tuples, list, frame, run, open) => {
    let result = move(tuples, list, frame, run, open);
    for (const stage of stages) result = stage(result, frame, run);
    return result;
  };
}

function stepMove(step: AstNode, place: Place, scope: Scope): Move {
  const code = withinTuple(step, place, scope, makesTuples(step));
  const slot = (name: string | undefined): number => (name === undefined ? 0 : scope.slotOf(name));
  const [focus, index, ancestor] = [slot(step.focus), slot(step.index), slot(step.ancestor?.label)];
  const nested = makesTuples(step)
    ? labelsOf(streamIn(step)).map((label, at) => [at + CONTEXT + 1, slot(label)])
    : undefined;
  return (tuples, list, frame, run, open) => {
    const before = tuples ?? list.map((value) => open(frame, value));
    const result: Frame[] = [];
    run.spend(before.length);
    for (const tuple of before) {
      const { depth } = run;
      let found: unknown;
      try {
        found = code(tuple, run);
      } catch (thrown) {
        run.postpone(thrown, depth);
        continue;
      }
      if (found === undefined) continue;
      const values = Array.isArray(found) ? found : [found];
      run.checkSequence(result.length + values.length);
      for (let at = 0; at < values.length; at++) {
        countTurn(run, at, values.length);
        const next = tuple.slice() as Frame;
        const value: unknown = values[at];
        if (nested) {
          next[CONTEXT] = (value as Frame)[CONTEXT];
          for (const [inner, outer] of nested) {
            const bound = (value as Frame)[inner as number];
            if (bound !== UNBOUND) next[outer as number] = bound;
          }
        } else {
          next[focus || CONTEXT] = value;
          if (index) next[index] = at;
          if (ancestor) next[ancestor] = tuple[CONTEXT];
        }
        result.push(next);
      }
    }
    if (run.isWaiting) run.settle();
    return result;
  };
}

function sortMove(step: AstNode, place: Place, scope: Scope): Move {
  const order = orderOf(step, (expression) => {
    const within = withinTuple(expression, place, scope);
    return ((tuple: unknown, _frame: unknown, run: Evaluation) => within(tuple as Frame, run)) as unknown as Code;
  });
  const ordered = (tuples: Stream, run: Evaluation): Stream =>
    Object.assign(
      order(tuples, run, (code, tuple) => code(tuple, tuple, run)),
      { isUnmarked: true },
    );
  const plain = sortCode(step, place);
  const index = step.index === undefined ? 0 : scope.slotOf(step.index);
  return (tuples, list, frame, run, open) => {
    if (tuples) return tuples.length <= 1 ? tuples : ordered(tuples, run);
    return plain(list, frame, run).map((value, at) => {
      const tuple = open(frame, value);
      if (index) tuple[index] = at;
      return tuple;
    });
  };
}

type StageMove = (tuples: Stream, frame: Frame, run: Evaluation) => Stream;

function stageCode(stage: Stage, place: Place, scope: Scope): StageMove {
  if (stage.type === 'index') {
    const slot = scope.slotOf(stage.value as string);
    return (tuples) => {
      for (let at = 0; at < tuples.length; at++) (tuples[at] as Frame)[slot] = at;
      return tuples;
    };
  }
  const predicate = stage.expr as AstNode;
  if (predicate.type === 'number') {
    const index = Math.floor(predicate.value as number);
    return (tuples) => {
      const tuple = tuples[index < 0 ? tuples.length + index : index];
      return withMarkOf(tuples, tuple ? [tuple] : []);
    };
  }
  const test = withinTuple(predicate, place, scope);
  const testOfObject = place.code(predicate);
  return (tuples, frame, run) => {
    run.spend(tuples.length);
    const result: Frame[] = [];
    const verdict = tuples.isUnmarked
      ? (tuple: Frame) => testOfObject(objectOf(tuple, scope), frame, run)
      : (tuple: Frame) => test(tuple, run);
    tuples.forEach((tuple, at) => {
      for (let times = timesKept(verdict(tuple), at, tuples.length, run); times > 0; times--) result.push(tuple);
    });
    return withMarkOf(tuples, result);
  };
}

function withMarkOf(tuples: Stream, result: Stream): Stream {
  if (tuples.isUnmarked) result.isUnmarked = true;
  return result;
}

/** A filter behind a block that ends in a tuple stream. */
export function streamFilterCode(target: Code, predicate: AstNode, node: AstNode, place: Place): Code {
  const scope = new Scope(place.scope, [CONTEXT_NAME, ...labelsOf(streamIn(node))]);
  const stage = stageCode({ type: 'filter', expr: predicate }, place, scope);
  return (input, frame, run) => {
    const tuples = target(input, frame, run) as Frame[] | undefined;
    // Names mean what they mean where the filter stands, not within the block.
    return (
      tuples &&
      stage(
        tuples.map(([, ...values]) => [frame, ...values]),
        frame,
        run,
      )
    );
  };
}
