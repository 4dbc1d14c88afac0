import { applyIn, blame } from '../run/apply.ts';
import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import type { Frame } from '../run/frame.ts';
import { FunctionArgument, FunctionValue, isFunctionValue, type NativeValue } from '../run/function-value.ts';
import { Interruption } from '../run/suspend.ts';
import type { AstNode } from './ast-node.ts';
import type { Place } from './place.ts';
import { MISS, QUICK_ONE, QUICK_TWO } from './quick-calls.ts';
import { lookupCode } from './variables.ts';

/** `f(a, b)`. With `first`, that comes before the arguments as it is: the left side of `~>`. */
export function callCode(node: AstNode, place: Place, first?: Code): Code {
  const procedure = node.procedure as AstNode;
  const args = (node.arguments as readonly AstNode[]).map((arg) => place.code(arg));
  const name = nameOf(procedure);
  const site: CallSite = {
    depth: place.depth,
    position: node.position,
    token: name,
    // Whoever forgets the `$` gets a hint.
    hint: procedure.type === 'path' && typeof name === 'string' ? lookupCode(name, place) : undefined,
    first,
    args,
  };
  const callee = place.code(procedure);
  const native = procedure.type === 'variable' && !procedure.predicate && !procedure.group && !procedure.keepArray;
  const builtIn = native ? place.program.builtInAt(procedure.value as string, place.scope) : undefined;
  if (builtIn)
    return builtInCode(builtIn.index, builtIn.value, site, callee, !place.program.isHandedOn(name as string));
  return (input, frame, run) => called(callee(input, frame, run), site, input, frame, run);
}

interface CallSite {
  readonly depth: number;
  readonly position: number | undefined;
  readonly token: unknown;
  readonly hint: Code | undefined;
  readonly first: Code | undefined;
  readonly args: readonly Code[];
}

/** What the callee is called in errors. */
export function nameOf(procedure: AstNode): unknown {
  return procedure.type === 'path' ? procedure.steps?.[0]?.value : procedure.value;
}

function called(fn: unknown, site: CallSite, input: unknown, frame: Frame, run: Evaluation): unknown {
  if (fn === undefined && site.hint && site.hint(input, frame, run)) {
    throw { code: 'T1005', position: site.position, token: site.token };
  }
  const args = argumentsOf(site, input, frame, run);
  try {
    if (fn === null) throw new TypeError('what is called is null');
    if (fn instanceof FunctionValue && !(fn instanceof FunctionArgument)) {
      fn.fnRun = run.id;
      fn.fnToken = site.token;
      fn.fnPosition = site.position;
    }
    run.depth += site.depth;
    const result = applyIn(run, fn, args, input, frame);
    run.depth -= site.depth;
    return result;
  } catch (thrown) {
    throw located(thrown, site);
  }
}

function argumentsOf({ first, args }: CallSite, input: unknown, frame: Frame, run: Evaluation): unknown[] {
  const values: unknown[] = [];
  if (first) values.push(first(input, frame, run));
  for (let at = 0; at < args.length; at++) values.push(asArgument((args[at] as Code)(input, frame, run), frame));
  return values;
}

const asArgument = (value: unknown, frame: Frame): unknown =>
  (typeof value === 'object' || typeof value === 'function') && isFunctionValue(value)
    ? new FunctionArgument(value, frame)
    : value;

/** An error of the function with the place of the call, where it has none. */
function located(thrown: unknown, { position, token }: CallSite): unknown {
  if (typeof thrown !== 'object' || thrown === null || thrown instanceof Interruption) return thrown;
  const error = thrown as { position?: unknown; token?: unknown };
  if (!error.position) error.position = position;
  if (!error.token) error.token = token;
  return error;
}

/** A call of a built-in by its name, which bindings may still replace. */
function builtInCode(index: number, expected: NativeValue, site: CallSite, callee: Code, mayBeQuick: boolean): Code {
  const [one, two] = site.args;
  const only = site.first ?? one;
  const count = site.args.length + (site.first ? 1 : 0);
  const quickOne = count === 1 ? QUICK_ONE.get(expected.fnNative.name) : undefined;
  const quickTwo = count === 2 && !site.first ? QUICK_TWO.get(expected.fnNative.name) : undefined;
  if (mayBeQuick && quickOne && only) {
    return (input, frame, run) => {
      if (run.globals[index] !== expected) return called(callee(input, frame, run), site, input, frame, run);
      const value = only(input, frame, run);
      const result = quickOne(value, run);
      return result === MISS ? calledBuiltIn(expected, [asArgument(value, frame)], site, input, run) : result;
    };
  }
  if (mayBeQuick && quickTwo && one && two) {
    return (input, frame, run) => {
      if (run.globals[index] !== expected) return called(callee(input, frame, run), site, input, frame, run);
      const first = one(input, frame, run);
      const second = two(input, frame, run);
      const result = quickTwo(first, second);
      if (result !== MISS) return result;
      return calledBuiltIn(expected, [asArgument(first, frame), asArgument(second, frame)], site, input, run);
    };
  }
  return (input, frame, run) => {
    if (run.globals[index] !== expected) return called(callee(input, frame, run), site, input, frame, run);
    return calledBuiltIn(expected, argumentsOf(site, input, frame, run), site, input, run);
  };
}

function calledBuiltIn(fn: NativeValue, args: unknown[], site: CallSite, input: unknown, run: Evaluation): unknown {
  const { fnNative: native, fnSignature: signature } = fn;
  fn.fnRun = run.id;
  fn.fnToken = site.token;
  fn.fnPosition = site.position;
  run.depth += site.depth;
  try {
    const result = native.call(run, signature === undefined ? args : signature.validate(args, input), input);
    run.depth -= site.depth;
    return result;
  } catch (thrown) {
    blame(run, thrown, fn);
    throw located(thrown, site);
  }
}
