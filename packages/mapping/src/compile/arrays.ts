import type { Code } from '../run/code.ts';
import { MAX_RANGE } from '../run/limit-error.ts';
import { asSequence } from '../run/sequence.ts';
import type { Run, Sequence } from '../run.ts';
import type { AstNode } from './ast-node.ts';
import { raisedAt } from './operator-error.ts';
import type { Place } from './place.ts';
import { decided } from './side-by-side.ts';

/** `[a, b]`: what items give, arrays among them taken apart unless they are constructed in place. */
export function arrayCode(node: AstNode, place: Place): Code {
  const nodes = node.expressions as readonly AstNode[];
  const items = nodes.map((item) => place.code(item));
  const whole = nodes.map(({ value }) => value === '[');
  const shared = place.program.sharedCalls(nodes);
  return (input, frame, run) => {
    const list: unknown[] = [];
    for (let at = 0; at < items.length; at++) {
      let value: unknown;
      try {
        value = (items[at] as Code)(input, frame, run);
      } catch (thrown) {
        throw decided(thrown, run, shared[at] === true, items.slice(at + 1), input, frame);
      }
      if (value === undefined) continue;
      if (whole[at] || !Array.isArray(value)) list.push(value);
      else appendAll(run, list, value);
    }
    if (node.consarray) (list as Sequence).cons = true;
    return list;
  };
}

/** So many elements are copied between two looks at how long it takes. */
const CHUNK = 8192;

/** Puts all of `more` behind `list`, as `$append` would. */
export function appendAll(run: Run, list: unknown[], more: readonly unknown[]): void {
  const { length } = more;
  run.checkSequence(list.length + length);
  for (let from = 0; from < length; from += CHUNK) {
    const to = Math.min(length, from + CHUNK);
    run.spend((to - from) / 8);
    for (let at = from; at < to; at++) list.push(more[at]);
  }
}

/** `a..b` within an array: whole numbers from one to the other. */
export function rangeCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = place.code(node.rhs as AstNode);
  return (input, frame, run) => {
    const from = lhs(input, frame, run);
    const to = rhs(input, frame, run);
    return raisedAt(node, () => {
      if (from !== undefined && !Number.isInteger(from)) throw { code: 'T2003', value: from };
      if (to !== undefined && !Number.isInteger(to)) throw { code: 'T2004', value: to };
      if (from === undefined || to === undefined || (from as number) > (to as number)) return undefined;
      const size = (to as number) - (from as number) + 1;
      if (size > MAX_RANGE) throw { code: 'D2014', value: size };
      run.checkSequence(size);
      const list: unknown[] = [];
      for (let at = 0; at < size; at++) {
        if (at % CHUNK === 0) run.spend(CHUNK / 8);
        list.push((from as number) + at);
      }
      return asSequence(list);
    });
  };
}
