import { CONCEALED, isKeyToken, openAll } from '../vault/index.ts';

/** Gives a value with every sealed part replaced by dots; of a text that is masked in part the rest stays. */
export function conceal<T>(value: T): T {
  return openAll(value, ({ $shown = CONCEALED }) => $shown) as T;
}

/** A business key as people see it: that of a masked field is dots. */
export function concealKey(value: string): string {
  return isKeyToken(value) ? CONCEALED : value;
}
