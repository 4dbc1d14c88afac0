import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import type { Frame } from '../run/frame.ts';
import { isLimitError } from '../run/limit-error.ts';
import { Interruption, Suspend, Undecided } from '../run/suspend.ts';
import { type AstNode, namesBoundBy, someNode } from './ast-node.ts';

/**
 * What becomes of an error in one of several parts that the reference evaluates at once, such as the fields of an object. It reports whichever
 * fails first there, so the parts behind the failed one are tried as well: where another fails too, the reference has to say.
 */
export function decided(
  thrown: unknown,
  run: Evaluation,
  isShared: boolean,
  rest: readonly Code[],
  input: unknown,
  frame: Frame,
): unknown {
  if (isLimitError(thrown) || thrown instanceof RangeError) return thrown;
  if (thrown instanceof Interruption && !(thrown instanceof Suspend)) return thrown;
  if (isShared && !run.isWaiting) return new Undecided();
  const { depth } = run;
  for (const part of rest) {
    try {
      part(input, frame, run);
    } catch (other) {
      run.depth = depth;
      if (isLimitError(other) || other instanceof RangeError) return other;
      if (!run.isWaiting) return new Undecided();
    }
  }
  return thrown;
}

/** Built-ins that wait in the reference, so that others run before they report an error. */
const WAITING = new Set([
  ...['map', 'filter', 'single', 'reduce', 'sift', 'each', 'sort', 'eval'],
  ...['match', 'contains', 'replace', 'split'],
]);

/**
 * For each of the parts, whether it calls a function that another one calls as well. The reference writes at the function where it was called
 * last, and reports the errors of either call there.
 */
export function sharedCalls(parts: readonly AstNode[], isBuiltIn: (name: string) => boolean): boolean[] {
  const called = parts.map((part) => calledBy(part, isBuiltIn));
  return called.map((names, at) => called.some((others, other) => other !== at && overlap(names, others)));
}

/** Whether the reference would evaluate a part while another one assigns what it reads, before or after that: chance, as it were. */
export const raceForNames = (parts: readonly AstNode[]): boolean =>
  parts.length > 1 && parts.some((part) => namesBoundBy(part).size > 0);

/** Whether a part evaluated several times at once calls what then is shared. */
export const callsShared = (part: AstNode, isBuiltIn: (name: string) => boolean): boolean =>
  calledBy(part, isBuiltIn).size > 0;

/** Names of functions; `''` for whatever a function of the mapping's own calls in turn. */
function calledBy(part: AstNode, isBuiltIn: (name: string) => boolean): Set<string> {
  const names = new Set<string>();
  someNode(part, ({ type, procedure }) => {
    if (type !== 'function') return false;
    const name = procedure?.type === 'variable' ? (procedure.value as string) : '';
    if (!isBuiltIn(name)) names.add('');
    else if (WAITING.has(name)) names.add(name);
    return false;
  });
  return names;
}

const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && (a.has('') || b.has('') || [...a].some((name) => b.has(name)));
