import jsonata from 'jsonata';
import { nativeFunctions } from '../functions/index.ts';
import { parseSignature } from '../functions/signature.ts';
import { collapsed } from '../run/sequence.ts';
import type { Run } from '../run.ts';

/** How a call ended, as far as a built-in function itself decides it. */
export type Ended = { readonly value: unknown } | { readonly thrown: Readonly<Record<string, unknown>> | string };

/** A run without limits, whose functions are JavaScript's own. */
export function plainRun(parts: Partial<Run> = {}): Run {
  return {
    spend() {},
    checkSequence() {},
    checkString() {},
    apply: (fn, args) => (fn as (...given: readonly unknown[]) => unknown)(...args),
    applyToItem: (fn, args) => (fn as (...given: readonly unknown[]) => unknown)(...args),
    settle() {},
    arityOf: (fn) => (fn as { length: number }).length,
    nowMs: 0,
    random: () => 0.5,
    ...parts,
  };
}

/** Calls a built-in as an expression would, with a context value. */
export function callNative(name: string, args: readonly unknown[], input?: unknown, run: Run = plainRun()): Ended {
  const native = nativeFunctions.get(name);
  if (native === undefined) throw new Error(`there is no $${name}`);
  try {
    const signature = native.signature === undefined ? undefined : parseSignature(native.signature);
    // An array as input is one context value.
    const context = Array.isArray(input) ? Object.assign([input], { sequence: true, outerWrapper: true }) : input;
    const value = native.call(run, signature ? signature.validate(args, context) : args, context);
    return { value: collapsed(value) };
  } catch (thrown) {
    return { thrown: faultOf(thrown) };
  }
}

/** The same call by the reference. */
export async function callReference(name: string, args: readonly unknown[], input?: unknown): Promise<Ended> {
  const bindings = Object.fromEntries(args.map((arg, at) => [`arg${at}`, arg]));
  const source = `$${name}(${args.map((_, at) => `$arg${at}`).join(', ')})`;
  try {
    return { value: plainOf(await jsonata(source).evaluate(input, bindings)) };
  } catch (thrown) {
    return { thrown: faultOf(thrown) };
  }
}

/** Without what the place of the call adds, the reference's sentence, and what ours is made of. */
function faultOf(thrown: unknown): Readonly<Record<string, unknown>> | string {
  if (thrown instanceof Error) return thrown.name;
  const { stack, position, token, message, wanted, ...fault } = thrown as Record<string, unknown>;
  const isOwnWord = fault.code === 'D3137' || fault.code === 'D3141';
  const fields = { ...fault, ...(isOwnWord ? { message } : {}) };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** The reference makes objects without a prototype, and marks lists. */
export function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return Array.from(value, plainOf);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainOf(inner)]));
}
