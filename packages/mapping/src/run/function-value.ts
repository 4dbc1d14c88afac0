import type { NativeFunction } from '../run.ts';
import type { Code } from './code.ts';
import type { Frame } from './frame.ts';

/** How an expression's own function runs; shared by all lambdas that one place in the source makes. */
export interface LambdaCode {
  /** Parameter names, without `$`. */
  readonly params: readonly string[];
  /** Checks and completes the arguments; throws as the reference does. */
  readonly signature: Signature | undefined;
  readonly frame: (parent: Frame, args: readonly unknown[]) => Frame;
  readonly body: Code;
  /** How deeply the body nests. */
  readonly height: number;
  /** The body checking `maxDepth` at each of its nodes, for calls within which that can be reached. */
  readonly countedBody: () => Code;
  /** Set where this stands for a call in tail position. */
  readonly thunk: Thunk | undefined;
}

/** A call in tail position, done when the function that makes it is through. */
export interface Thunk {
  readonly position: number | undefined;
  /** The callee's variable name, where it is one. */
  readonly token: string | undefined;
  readonly procedure: Code;
  readonly args: readonly Code[];
}

export interface Signature {
  validate(args: readonly unknown[], context: unknown): readonly unknown[];
}

/**
 * What a function value of an expression is at run time, besides plain JavaScript functions. Looking up a name in one finds nothing: see
 * `FUNCTION_FIELDS`.
 */
export abstract class FunctionValue {
  /** Where it was last called, and under which name: the reference reports an error of it there. */
  fnPosition: number | undefined = undefined;
  fnToken: unknown = undefined;
  /** The evaluation that wrote these: built-ins are shared by all. */
  fnRun = 0;
}

/** A function written in the expression. */
export class Lambda extends FunctionValue {
  readonly fnCode: LambdaCode;
  readonly fnInput: unknown;
  readonly fnFrame: Frame;

  constructor(code: LambdaCode, input: unknown, frame: Frame) {
    super();
    this.fnCode = code;
    this.fnInput = input;
    this.fnFrame = frame;
  }
}

/** A built-in function, or one that came with the options. */
export class NativeValue extends FunctionValue {
  readonly fnNative: NativeFunction;
  readonly fnSignature: Signature | undefined;

  constructor(native: NativeFunction, signature: Signature | undefined) {
    super();
    this.fnNative = native;
    this.fnSignature = signature;
  }
}

/** A function with some arguments given beforehand. */
export class PartialFunction extends FunctionValue {
  readonly fnTarget: unknown;
  /** One for each parameter of the target: the argument, or `OPEN`. */
  readonly fnGiven: readonly unknown[];
  readonly fnFrame: Frame;

  constructor(target: unknown, given: readonly unknown[], frame: Frame) {
    super();
    this.fnTarget = target;
    this.fnGiven = given;
    this.fnFrame = frame;
  }
}

/** An argument that a partial application leaves open. */
export const OPEN: unique symbol = Symbol('open argument');

/** A function passed as an argument. It does not see the context value where it is called. */
export class FunctionArgument extends FunctionValue {
  readonly fnTarget: unknown;
  readonly fnFrame: Frame;

  constructor(target: unknown, frame: Frame) {
    super();
    this.fnTarget = target;
    this.fnFrame = frame;
  }
}

const TAKES_VALUES: unique symbol = Symbol('takes function values');

/** Marks a JavaScript function that is given the function values of an expression as they are, not in a form that it could call. */
export function takingValues<F extends object>(fn: F): F {
  return Object.assign(fn, { [TAKES_VALUES]: true });
}

export const takesValues = (fn: unknown): boolean => (fn as { [TAKES_VALUES]?: true })[TAKES_VALUES] === true;

/** Names that must not be read from a value without asking first whether they are data. */
export const FUNCTION_FIELDS: ReadonlySet<string> = new Set([
  ...[
    'fnPosition',
    'fnToken',
    'fnRun',
    'fnCode',
    'fnInput',
    'fnFrame',
    'fnNative',
    'fnSignature',
    'fnTarget',
    'fnGiven',
  ],
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Whether a value is a function: lambda, built-in, partial application, regular expression or JavaScript function. */
export function isFunctionValue(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value instanceof FunctionValue);
}
