import { compareStamps, type Stamp } from '../events/stamp.ts';

/** Keeps, for each name, the value with the highest stamp: whatever order they come in, and however often. */
export class Registers<Value> {
  readonly #values = new Map<string, { readonly stamp: Stamp; readonly value: Value }>();

  /** Whether the value is the one that counts now. */
  state(name: string, stamp: Stamp, value: Value): boolean {
    const known = this.#values.get(name);
    const isNewest = !known || compareStamps(known.stamp, stamp) < 0;
    if (isNewest) this.#values.set(name, { stamp, value });
    return isNewest;
  }

  get(name: string): Value | undefined {
    return this.#values.get(name)?.value;
  }

  /** By name, so that nothing depends on which came first. */
  sorted(): (readonly [name: string, value: Value])[] {
    const byName = [...this.#values].map(([name, { value }]) => [name, value] as const);
    return byName.sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
