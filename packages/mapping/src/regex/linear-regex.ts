import { type CompiledRegex, compileRegex } from './compile-regex.ts';
import type { Spend } from './pike.ts';

/** JSONata's `RegexEngine` for expressions that the reference evaluates. Calls `spend` as it goes, which may throw. */
export class LinearRegex {
  lastIndex = 0;
  readonly #compiled: CompiledRegex;
  readonly #spend: Spend;

  constructor(native: RegExp, spend: Spend = () => undefined) {
    this.#compiled = compileRegex(native);
    this.#spend = spend;
  }

  exec(text: string): RegExpExecArray | null {
    const found = this.#compiled.exec(String(text), this.lastIndex, this.#spend);
    this.lastIndex = found?.end ?? 0;
    if (found === null) return null;
    const { match, start, groups } = found;
    return Object.assign([match, ...groups], { index: start, input: text }) as unknown as RegExpExecArray;
  }

  test(text: string): boolean {
    return this.exec(text) !== null;
  }
}
