import { isKeyToken, openAll } from '../vault/index.ts';

/** What stands for a masked value. */
export const CONCEALED = '•••';

/** Gives a value with every sealed part replaced by dots. */
export function conceal<T>(value: T): T {
  return openAll(value, () => CONCEALED) as T;
}

/** A business key as people see it: that of a masked field is dots. */
export function concealKey(value: string): string {
  return isKeyToken(value) ? CONCEALED : value;
}
