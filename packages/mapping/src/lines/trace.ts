import { type CallNode, childrenOf, type LambdaNode, type Node } from '../syntax/index.ts';
import { type SourcePath, samePath } from './part.ts';
import { type NamesInView, NOTHING_READ, type Trace, Variables } from './view.ts';

/** Functions that hand the values of their first argument to a function, one by one. */
const HAND_EACH = new Set(['map', 'filter', 'single', 'each', 'sift']);
const GIVEN = new Set(['trigger', 'nodes', 'vars', 'meta']);

/** What an expression reads. Variables that it sets are set in `view`. */
export function traceOf(node: Node, view: NamesInView): Trace {
  switch (node.kind) {
    case 'name':
      return view.context ? exactly([...view.context, node.name]) : NOTHING_READ;
    case 'variable':
      return traceOfVariable(node.name, view);
    case 'path':
      return traceOfPath(node.target, node.step, view);
    case 'keep':
      return traceOf(node.target, view);
    case 'filter': {
      const target = traceOf(node.target, view);
      return chosen(target, traceOf(node.test, behind(target, view)));
    }
    case 'sort': {
      const target = traceOf(node.target, view);
      return chosen(target, ...node.terms.map((term) => traceOf(term, behind(target, view))));
    }
    case 'focus':
    case 'position': {
      const target = traceOf(node.target, view);
      const isFocus = node.kind === 'focus';
      if (node.variable.kind === 'variable')
        view.variables.set(node.variable.name, isFocus ? each(target) : NOTHING_READ);
      if (!isFocus) return target;
      return { ...(view.context ? { whole: view.context } : {}), isPlain: false, reads: target.reads };
    }
    case 'bind': {
      const trace = node.value.kind === 'lambda' ? NOTHING_READ : traceOf(node.value, view);
      if (node.variable.kind === 'variable') view.variables.set(node.variable.name, trace);
      return trace;
    }
    case 'block': {
      const inner = { ...view, variables: new Variables(view.variables) };
      return node.items.map((item) => traceOf(item, inner)).at(-1) ?? NOTHING_READ;
    }
    case 'call':
      return traceOfCall(node, view);
    case 'lambda':
      return computed([traceOf(node.body, withParameters(node, [], view))]);
    case 'wildcard':
    case 'descendant':
      return view.context ? { isPlain: false, reads: [view.context] } : NOTHING_READ;
    default:
      return computed(childrenOf(node).map((child) => traceOf(child, view)));
  }
}

/** The view of what stands behind a node: its value is the context there. */
export function behind({ whole }: Trace, { variables }: NamesInView): NamesInView {
  return { context: whole, variables };
}

/** The view of a function's body when its parameters stand for these. */
export function withParameters({ params }: LambdaNode, traces: readonly Trace[], view: NamesInView): NamesInView {
  const variables = new Variables(view.variables);
  for (const [at, param] of params.entries())
    if (param.kind === 'variable') variables.set(param.name, traces[at] ?? NOTHING_READ);
  return { ...view, variables };
}

/** The list and the function of a call that hands one value after the other to it. */
export function handedOver(node: Node): { name: string; list: Node; lambda: LambdaNode } | undefined {
  if (node.kind !== 'call' || node.callee.kind !== 'variable' || !HAND_EACH.has(node.callee.name)) return undefined;
  const [list, lambda] = node.args;
  return list && lambda?.kind === 'lambda' ? { name: node.callee.name, list, lambda } : undefined;
}

/** One of the values that something gives: itself nothing less than a value of the source. */
export const each = (list: Trace): Trace => ({ ...list, isPlain: list.whole !== undefined });

const exactly = (path: SourcePath): Trace => ({ whole: path, isPlain: true, reads: [path] });

const computed = (traces: readonly Trace[]): Trace => ({
  isPlain: false,
  reads: distinct(traces.flatMap(({ reads }) => reads)),
});

/** The same value of the source, though not all of it. */
const chosen = (target: Trace, ...by: readonly Trace[]): Trace => ({
  ...target,
  isPlain: false,
  reads: computed([target, ...by]).reads,
});

function traceOfVariable(name: string, { context, variables }: NamesInView): Trace {
  if (name === '') return context ? exactly(context) : NOTHING_READ;
  if (name === '$') return exactly([]);
  return variables.get(name) ?? (GIVEN.has(name) ? exactly([`$${name}`]) : NOTHING_READ);
}

/** What is only stepped through is not read: its field is. */
function traceOfPath(target: Node, step: Node, view: NamesInView): Trace {
  const outer = traceOf(target, view);
  const name: Node = step.kind === 'string' ? { ...step, kind: 'name', name: step.text, isQuoted: true } : step;
  const inner = traceOf(name, behind(outer, view));
  const { whole } = outer;
  const isSteppedThrough = whole && inner.reads.length > 0;
  const aside = isSteppedThrough ? outer.reads.filter((path) => !samePath(path, whole)) : outer.reads;
  return { ...inner, isPlain: outer.isPlain && inner.isPlain, reads: distinct([...aside, ...inner.reads]) };
}

function traceOfCall(node: CallNode, view: NamesInView): Trace {
  const handed = handedOver(node);
  if (!handed) return computed(node.args.map((arg) => traceOf(arg, view)));
  const list = traceOf(handed.list, view);
  return computed([list, traceOf(handed.lambda.body, withParameters(handed.lambda, [each(list)], view))]);
}

function distinct(paths: readonly SourcePath[]): SourcePath[] {
  return paths.filter((path, at) => paths.findIndex((other) => samePath(other, path)) === at);
}
