import type { Evaluation } from './evaluation.ts';
import type { Frame } from './frame.ts';
import {
  FunctionArgument,
  FunctionValue,
  Lambda,
  NativeValue,
  OPEN,
  PartialFunction,
  takesValues,
} from './function-value.ts';
import { Interruption } from './suspend.ts';

/** Applies a function value that was handed to a built-in. */
export function applyFunction(run: Evaluation, fn: unknown, args: readonly unknown[]): unknown {
  if (fn instanceof FunctionArgument) return applyIn(run, fn.fnTarget, args, null, fn.fnFrame);
  if (fn instanceof Lambda) return applyIn(run, fn, args, fn.fnInput, fn.fnFrame);
  if (typeof fn === 'function') return callJavaScript(run, fn, args, undefined);
  // The reference cannot do more with functions that reach a built-in unwrapped, which a call in tail position does.
  throw new TypeError('the function cannot be applied here');
}

/**
 * Applies a function value where a call stands: `input` is the context value there, `frame` its variables. Calls that the function makes in
 * tail position are done here, one after the other, so that they need no stack.
 */
export function applyIn(
  run: Evaluation,
  fn: unknown,
  args: readonly unknown[],
  input: unknown,
  frame: Frame | undefined,
): unknown {
  let result = applyOnce(run, fn, args, input, frame);
  while (result instanceof Lambda && result.fnCode.thunk !== undefined) {
    const { fnCode, fnInput, fnFrame } = result;
    const { procedure, args: argCodes, position, token } = fnCode.thunk as NonNullable<typeof fnCode.thunk>;
    run.spend(1);
    const next = procedure(fnInput, fnFrame, run);
    if (next === undefined || next === null) throw new TypeError('what is called is nothing');
    if (token === undefined) mark(run, next, position);
    else mark(run, next, position, token);
    const nextArgs: unknown[] = [];
    for (const code of argCodes) nextArgs.push(code(fnInput, fnFrame, run));
    result = applyOnce(run, next, nextArgs, input, frame);
  }
  return result;
}

function applyOnce(
  run: Evaluation,
  fn: unknown,
  args: readonly unknown[],
  input: unknown,
  frame: Frame | undefined,
): unknown {
  try {
    if (fn instanceof Lambda) {
      const { signature } = fn.fnCode;
      return applyLambda(run, fn, signature === undefined ? args : signature.validate(args, input));
    }
    if (fn instanceof NativeValue) {
      run.callerFrame = frame;
      const { fnNative, fnSignature } = fn;
      return fnNative.call(run, fnSignature === undefined ? args : fnSignature.validate(args, input), input);
    }
    if (fn instanceof FunctionArgument) return applyIn(run, fn.fnTarget, args, null, fn.fnFrame);
    if (fn instanceof PartialFunction) return applyPartial(run, fn, args);
    if (typeof fn === 'function') return callJavaScript(run, fn, args, input);
    throw { code: 'T1006' };
  } catch (thrown) {
    if (fn) blame(run, thrown, fn);
    throw thrown;
  }
}

function applyLambda(run: Evaluation, { fnCode, fnInput, fnFrame }: Lambda, args: readonly unknown[]): unknown {
  run.spend(1);
  const body = run.depth + fnCode.height > run.maxDepth ? fnCode.countedBody() : fnCode.body;
  return body(fnInput, fnCode.frame(fnFrame, args), run);
}

function applyPartial(run: Evaluation, partial: PartialFunction, args: readonly unknown[]): unknown {
  const { fnTarget, fnGiven, fnFrame } = partial;
  let next = 0;
  const all = fnGiven.map((given) => (given === OPEN ? args[next++] : given));
  if (fnTarget instanceof Lambda) return applyLambda(run, fnTarget, all);
  if (fnTarget instanceof PartialFunction) return applyPartial(run, fnTarget, all);
  if (fnTarget instanceof NativeValue) {
    run.callerFrame = fnFrame;
    const { fnNative, fnSignature } = fnTarget;
    return fnNative.call(run, fnSignature === undefined ? all : fnSignature.validate(all, undefined), undefined);
  }
  return callJavaScript(run, fnTarget, all, undefined);
}

function callJavaScript(run: Evaluation, fn: unknown, args: readonly unknown[], input: unknown): unknown {
  const call = fn as (...args: unknown[]) => unknown;
  const isConverted = args.some((arg) => arg instanceof FunctionValue) && !takesValues(fn);
  const given = isConverted ? args.map((arg) => asJavaScript(run, arg)) : args;
  return run.callOutside(fn, args, () => call.apply(input, given as unknown[]));
}

/** A function value in the form that functions from outside can call. */
export function asJavaScript(run: Evaluation, value: unknown): unknown {
  return value instanceof FunctionValue ? (...args: unknown[]) => applyIn(run, value, args, null, undefined) : value;
}

/** Notes where a function is called, and under which name: the reference reports the errors of its last call there. */
export function mark(run: Evaluation, fn: unknown, position: number | undefined, token?: unknown): void {
  if (fn instanceof FunctionValue) {
    if (fn.fnRun !== run.id) fn.fnToken = undefined;
    fn.fnRun = run.id;
    fn.fnPosition = position;
    if (token !== undefined) fn.fnToken = token;
  } else {
    const known = run.jsMarks.get(fn);
    run.jsMarks.set(fn, { position, token: token ?? known?.token });
  }
}

/** Adds to an error of a function where that was called last. */
export function blame(run: Evaluation, thrown: unknown, fn: unknown): void {
  if (typeof thrown !== 'object' || thrown === null || thrown instanceof Interruption) return;
  const error = thrown as { token?: unknown; position?: number | undefined };
  let token: unknown;
  let position: number | undefined;
  if (fn instanceof FunctionValue) {
    if (fn.fnRun !== run.id) return;
    ({ fnToken: token, fnPosition: position } = fn);
  } else {
    const known = run.jsMarks.get(fn);
    if (known === undefined) return;
    ({ token, position } = known);
  }
  if (error.token === undefined && token !== undefined) error.token = token;
  if (position) error.position = position;
}

/** How many arguments a function value takes. */
export function arityOf(fn: unknown): number {
  if (fn instanceof FunctionArgument) return arityOf(fn.fnTarget);
  if (fn instanceof Lambda) return fn.fnCode.params.length;
  if (fn instanceof NativeValue) return fn.fnNative.params.length;
  if (fn instanceof PartialFunction) return fn.fnGiven.filter((given) => given === OPEN).length;
  if (typeof fn === 'function') return (fn as { arity?: number }).arity ?? fn.length;
  throw new TypeError('it is no function');
}
