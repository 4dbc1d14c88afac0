import { isFunctionValue } from '../run/function-value.ts';
import type { Run } from '../run.ts';

/** The values without those that equal an earlier one as JSONata's `=` has it. In time proportional to their size. */
export function distinctValues(run: Run, values: readonly unknown[]): unknown[] {
  const seen = new Set<unknown>();
  const seenTexts = new Set<string>();
  const identities = new Map<unknown, number>();
  const kept: unknown[] = [];
  run.spend(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    // A value is equal to itself at any depth, and not-a-number to nothing.
    if (seen.has(value)) continue;
    if (typeof value === 'object' && value !== null) {
      const text = equalityText(run, value, identities);
      if (seenTexts.has(text)) continue;
      seenTexts.add(text);
    }
    if (!Number.isNaN(value)) seen.add(value);
    kept.push(value);
    run.checkSequence(kept.length);
  }
  return kept;
}

/** The same text for values that JSONata holds equal: the order of keys does not count. */
function equalityText(run: Run, value: unknown, identities: Map<unknown, number>): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      // Not even equal to itself.
      return Number.isNaN(value) ? identityOf({}, identities) : `${value}`;
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) {
        run.spend(value.length);
        return `[${value.map((item) => equalityText(run, item, identities)).join()}]`;
      }
      return isFunctionValue(value) ? identityOf(value, identities) : objectText(run, value, identities);
    case 'boolean':
    case 'undefined':
      return `${value}`;
    default:
      return identityOf(value, identities);
  }
}

function objectText(run: Run, value: object, identities: Map<unknown, number>): string {
  const keys = Object.keys(value).sort();
  run.spend(keys.length);
  let text = '{';
  for (const key of keys) {
    text += `${JSON.stringify(key)}:${equalityText(run, (value as Record<string, unknown>)[key], identities)},`;
  }
  run.checkString(text.length);
  return `${text}}`;
}

function identityOf(value: unknown, identities: Map<unknown, number>): string {
  const known = identities.get(value);
  if (known !== undefined) return `#${known}`;
  identities.set(value, identities.size);
  return `#${identities.size - 1}`;
}
