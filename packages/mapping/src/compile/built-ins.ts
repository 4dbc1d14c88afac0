import { nativeFunctions, parseSignature } from '../functions/index.ts';
import { NativeValue } from '../run/function-value.ts';
import type { NativeFunction } from '../run.ts';
import { evalFunction } from './eval-text.ts';

const values = new Map<string, NativeValue>();

/** A built-in as a value; the same one each time. */
export function builtIn(name: string): NativeValue | undefined {
  const known = values.get(name);
  if (known) return known;
  const native = name === evalFunction.name ? evalFunction : nativeFunctions.get(name);
  if (native === undefined) return undefined;
  const value = nativeValue(native);
  values.set(name, value);
  return value;
}

export function nativeValue(native: NativeFunction): NativeValue {
  return new NativeValue(native, native.signature === undefined ? undefined : parseSignature(native.signature));
}
