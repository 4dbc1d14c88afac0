import jsonata from 'jsonata';
import { MAX_TEXT_LENGTH } from './compile/eval-text.ts';
import { nativeFunctions, parseSignature } from './functions/index.ts';
import { setField } from './functions/objects.ts';
import { LinearRegex } from './regex/index.ts';
import type { Evaluation } from './run/evaluation.ts';
import type { NativeFunction } from './run.ts';

/** A function as the reference holds it. `this` of the implementation is its focus. */
interface ReferenceFunction {
  readonly _jsonata_function: true;
  readonly implementation: (this: { input?: unknown } | undefined, ...args: unknown[]) => unknown;
  readonly signature?: unknown;
}

export interface ReferenceRequest {
  readonly source: string;
  readonly input: unknown;
  /** Variables and functions by name. */
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
  readonly maxDepth: number;
  readonly maxSequence: number;
  /** Whose clock and limits the built-in functions see. */
  readonly run: Evaluation;
}

/**
 * Evaluates with JSONata's own evaluator, which needs no stack, and knows which of several errors comes first. Built-ins are Crossdock's where
 * they are not given functions, so that they keep their limits. Throws in JSONata's form.
 */
export async function evaluateByReference(request: ReferenceRequest): Promise<unknown> {
  const { source, input, bindings, timeoutMs, maxDepth, maxSequence, run } = request;
  const expression = jsonata(source, {
    timeout: timeoutMs,
    stack: maxDepth,
    sequence: maxSequence,
    RegexEngine: regexEngine(run) as unknown as RegExpConstructor,
  });
  for (const native of nativeFunctions.values()) {
    const isOurs = takesNoFunction(native);
    expression.assign(native.name, isOurs ? referenceFunction(native, run) : await ownOriginal(native.name));
  }
  expression.assign('eval', await boundedEval());
  return expression.evaluate(ownCopy(input, run), ownCopy(bindings, run) as Record<string, unknown>);
}

/** The reference puts undefined into empty lists that it groups, and transforms what `$$` leads to: neither may be the caller's. */
function ownCopy(value: unknown, run: Evaluation): unknown {
  if (typeof value !== 'object' || value === null) return value;
  run.spend(1);
  if (Array.isArray(value)) return value.map((item) => ownCopy(item, run));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) setField(copy, key, ownCopy(field, run));
  return copy;
}

/** The reference's own are asynchronous where they call functions. */
const takesNoFunction = ({ signature = '' }: NativeFunction): boolean => !signature.split(':')[0]?.includes('f');

function referenceFunction(native: NativeFunction, run: Evaluation): ReferenceFunction {
  const { signature, params } = native;
  const implementation: ReferenceFunction['implementation'] = function (...args) {
    return native.call(run, args, this?.input);
  };
  // It reads from these how many arguments the function takes, and what a partial application binds.
  Object.defineProperties(implementation, {
    length: { value: params.length },
    toString: { value: () => `function (${params.join(', ')}) {}` },
  });
  return { _jsonata_function: true, implementation, ...(signature ? { signature: parseSignature(signature) } : {}) };
}

/**
 * One of the reference's own functions, for one evaluation: the reference writes on it where it was called, and would report the errors of one
 * mapping at the place of a call in another.
 */
async function ownOriginal(name: string): Promise<ReferenceFunction | undefined> {
  const original = (await jsonata(`$${name}`).evaluate(undefined)) as ReferenceFunction | undefined;
  return original && { ...original };
}

function regexEngine(run: Evaluation) {
  return class extends LinearRegex {
    constructor(native: RegExp) {
      super(native, (steps) => run.spend(steps));
    }
  };
}

/** Each level of `$eval` doubles what is written about an error in it. */
const MAX_EVAL_DEPTH = 10;

/** `$eval` that neither parses long texts nor goes deep. */
async function boundedEval(): Promise<ReferenceFunction> {
  const original = (await ownOriginal('eval')) as ReferenceFunction;
  let depth = 0;
  const implementation: ReferenceFunction['implementation'] = async function (text, focus) {
    if (String(text).length > MAX_TEXT_LENGTH) throw { code: 'STRING_LIMIT' };
    if (depth >= MAX_EVAL_DEPTH) throw { code: 'D1011', value: MAX_EVAL_DEPTH };
    depth++;
    const result = await original.implementation.call(this, text, focus);
    depth--;
    return result;
  };
  return { ...original, implementation };
}
