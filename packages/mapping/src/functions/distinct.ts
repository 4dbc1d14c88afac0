import { isFunctionValue } from '../run/function-value.ts';
import { countTurn } from '../run/stride.ts';
import type { Run } from '../run.ts';
import { walk } from './text-work.ts';

/** The values without those that equal an earlier one as JSONata's `=` has it. In time proportional to their size. */
export function distinctValues(run: Run, values: readonly unknown[]): unknown[] {
  const seen = new Set<unknown>();
  const kept: unknown[] = [];
  let texts: EqualityTexts | undefined;
  for (let at = 0; at < values.length; at++) {
    countTurn(run, at, values.length);
    const value = values[at];
    if (typeof value === 'string') walk(run, value.length);
    // A value is equal to itself at any depth, and not-a-number to nothing.
    if (seen.has(value)) continue;
    if (typeof value === 'object' && value !== null) {
      texts ??= new EqualityTexts(run);
      if (texts.hasSeen(value)) continue;
    }
    if (!Number.isNaN(value)) seen.add(value);
    kept.push(value);
    run.checkSequence(kept.length);
  }
  return kept;
}

/** Tells objects and lists apart by texts that are the same for values that JSONata holds equal: the order of keys does not count. */
class EqualityTexts {
  readonly #run: Run;
  readonly #seen = new Set<string>();
  readonly #identities = new Map<unknown, number>();
  /** Objects in a list mostly have the same keys: these are sorted already. */
  #keys: readonly string[] = [];
  #sorted: readonly string[] = [];

  constructor(run: Run) {
    this.#run = run;
  }

  hasSeen(value: object): boolean {
    const text = this.#textOf(value);
    if (this.#seen.has(text)) return true;
    this.#seen.add(text);
    return false;
  }

  #textOf(value: unknown): string {
    switch (typeof value) {
      case 'string':
        // With its length no text can be taken for two.
        return `"${value.length} ${value}`;
      case 'number':
        return Number.isNaN(value) ? this.#identityOf({}) : `${value}`;
      case 'object':
        if (value === null) return 'null';
        if (isFunctionValue(value)) return this.#identityOf(value);
        return Array.isArray(value) ? this.#listText(value) : this.#objectText(value);
      case 'boolean':
      case 'undefined':
        return `${value}`;
      default:
        return this.#identityOf(value);
    }
  }

  #listText(list: readonly unknown[]): string {
    this.#run.spend(list.length);
    let text = '[';
    for (let at = 0; at < list.length; at++) text += `${this.#textOf(list[at])},`;
    this.#run.checkString(text.length);
    return `${text}]`;
  }

  #objectText(value: object): string {
    const keys = this.#sortedKeysOf(value);
    this.#run.spend(keys.length);
    let text = '{';
    for (const key of keys) text += `${key.length} ${key}${this.#textOf((value as Record<string, unknown>)[key])},`;
    this.#run.checkString(text.length);
    return `${text}}`;
  }

  #sortedKeysOf(value: object): readonly string[] {
    const keys = Object.keys(value);
    if (keys.length === this.#keys.length && keys.every((key, at) => key === this.#keys[at])) return this.#sorted;
    this.#keys = keys;
    this.#sorted = keys.toSorted();
    return this.#sorted;
  }

  #identityOf(value: unknown): string {
    const known = this.#identities.get(value) ?? this.#identities.size;
    this.#identities.set(value, known);
    return `#${known}`;
  }
}
