import type { CallNode, LambdaNode, NodeOf } from '../syntax/index.ts';
import { callbackParams, resultOfCall, typedOfText } from './function-results.ts';
import type { Context, Inference } from './infer.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import type { Scope } from './scope.ts';
import { type FunctionType, one, type Typed, UNKNOWN } from './typed.ts';

/** What a call gives. `first` is the operand before `~>`, which comes before the arguments. */
export function inferCall(facts: Inference, node: CallNode, context: Context, scope: Scope, first?: Typed): Typed {
  const callee = facts.infer(node.callee, context, scope);
  const { fn } = callee;
  const args = inferArguments(facts, node, context, scope, fn, first);
  if (node.args.some(({ kind }) => kind === 'placeholder')) return partial(node, fn);
  return fn ? call(facts, fn, args) : UNKNOWN;
}

/** What `left ~> right` gives. */
export function inferApply(facts: Inference, node: NodeOf<'binary'>, context: Context, scope: Scope): Typed {
  const left = facts.infer(node.left, context, scope);
  const { right } = node;
  if (right.kind === 'call' && !right.args.some(({ kind }) => kind === 'placeholder')) {
    facts.chained.set(right, node.left);
    const typed = inferCall(facts, right, context, scope, left);
    facts.note(right, context, scope, typed);
    return typed;
  }
  if (right.kind === 'transform') {
    const typed = facts.transform(right, left, context, scope);
    facts.note(right, context, scope, typed);
    return left;
  }
  const { fn } = facts.infer(right, context, scope);
  if (!fn) return UNKNOWN;
  if (!left.fn) return call(facts, fn, [left]);
  const inner = left.fn;
  return { ...one({}), fn: { params: inner.params, result: (args) => fn.result([inner.result(args)]) } };
}

/** Functions among the arguments come last: what they are handed depends on the others. */
function inferArguments(
  facts: Inference,
  node: CallNode,
  context: Context,
  scope: Scope,
  fn: FunctionType | undefined,
  first: Typed | undefined,
): Typed[] {
  const offset = first ? 1 : 0;
  const args: Typed[] = first ? [first] : [];
  const later: [number, LambdaNode][] = [];
  for (const [at, arg] of node.args.entries()) {
    if (arg.kind === 'lambda' && fn?.name !== undefined) later.push([at + offset, arg]);
    else args[at + offset] = facts.infer(arg, context, scope);
  }
  for (const [at, lambda] of later) {
    facts.handed.add(lambda);
    const typed = facts.lambda(lambda, context, scope, callbackParams(fn?.name ?? '', args));
    facts.note(lambda, context, scope, typed);
    args[at] = typed;
  }
  return args;
}

/** A built-in function may be handed built-in functions, itself among them. */
const MAX_HANDED = 3;

function call(facts: Inference, fn: FunctionType, args: readonly Typed[], depth = 0): Typed {
  if (depth > MAX_HANDED) return UNKNOWN;
  facts.noteCall(fn, args);
  if (fn.name === undefined) return fn.result(args);
  const callback = args.find((arg) => arg?.fn)?.fn;
  const handed = callback ? callbackParams(fn.name, args) : [];
  const result = resultOfCall(fn.name, args, callback && call(facts, callback, handed, depth + 1));
  return result ?? typedOfText(KNOWN_FUNCTIONS.get(fn.name)?.result ?? 'any');
}

function partial(node: CallNode, fn: FunctionType | undefined): Typed {
  const params = node.args.flatMap((arg, at) =>
    arg.kind === 'placeholder' ? [fn?.params[at] ?? { name: `arg${at + 1}` }] : [],
  );
  return {
    ...one({}),
    fn: { params, result: () => (fn?.name ? typedOfText(KNOWN_FUNCTIONS.get(fn.name)?.result ?? 'any') : UNKNOWN) },
  };
}
