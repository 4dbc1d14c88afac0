import { isFunctionValue } from '../run/function-value.ts';
import type { Run } from '../run.ts';
import { walk } from './text-work.ts';
import { isNumeric } from './truth.ts';

/** JSON as `$string` writes it: numbers with 15 significant digits, functions as empty strings. Throws `D1001` for an infinite number. */
export function jsonText(run: Run, value: unknown, indent: number): string | undefined {
  const size = { characters: 0 };
  const plain = isPlain(run, value, indent === 0 ? 0 : 1, indent, size);
  run.checkString(size.characters);
  walk(run, size.characters);
  // Without a replacer it is several times as fast.
  return plain ? JSON.stringify(value, undefined, indent) : JSON.stringify(value, asWritten, indent);
}

function asWritten(_key: string, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isNumeric(value)) return Number.isInteger(value) ? value : Number(value.toPrecision(15));
  return isFunctionValue(value) ? '' : value;
}

/** Whether JavaScript's own notation is the one wanted. Counts the characters on the way, at least. */
function isPlain(run: Run, value: unknown, depth: number, indent: number, size: { characters: number }): boolean {
  switch (typeof value) {
    case 'number':
      size.characters++;
      return isPlainNumber(value);
    case 'string':
      size.characters += value.length + 2;
      return true;
    case 'boolean':
    case 'undefined':
      size.characters += 4;
      return true;
    case 'object':
      break;
    default:
      return false;
  }
  size.characters += 2 + depth * indent;
  if (value === null) return true;
  run.checkString(size.characters);
  // No short way out: all is walked, so that all is counted.
  let plain = !isFunctionValue(value);
  if (Array.isArray(value)) {
    run.spend(value.length);
    for (let at = 0; at < value.length; at++) {
      size.characters += 1 + depth * indent;
      if (!isPlain(run, value[at], depth + 1, indent, size)) plain = false;
    }
    return plain;
  }
  if (!plain) return false;
  const keys = Object.keys(value);
  run.spend(keys.length);
  for (const key of keys) {
    size.characters += key.length + 4 + depth * indent;
    if (!isPlain(run, (value as Record<string, unknown>)[key], depth + 1, indent, size)) plain = false;
  }
  return plain;
}

function isPlainNumber(value: number): boolean {
  // Up to 16 characters, the point among them, are at most 15 digits.
  return Number.isInteger(value) || (Number.isFinite(value) && String(value).length <= 16);
}
