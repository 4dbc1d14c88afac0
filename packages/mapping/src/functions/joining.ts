import { countTurn } from '../run/stride.ts';
import type { NativeFunction, Run } from '../run.ts';

export const joiningFunctions: readonly NativeFunction[] = [
  { name: 'join', signature: '<a<s>s?:s>', params: ['strs', 'separator'], call: join },
];

function join(run: Run, args: readonly unknown[]): unknown {
  const parts = args[0] as readonly unknown[] | undefined;
  if (parts === undefined) return undefined;
  const separator = args[1] === undefined ? '' : String(args[1]);
  if (!Array.isArray(parts)) throw new TypeError('what is joined is a list');
  return joined(run, parts, separator);
}

/** As `Array.prototype.join`; a partial application hands on lists of anything, within which lists may be. */
function joined(run: Run, parts: readonly unknown[], separator: string): string {
  let length = separator.length * (parts.length - 1);
  for (let at = 0; at < parts.length; at++) {
    countTurn(run, at, parts.length);
    const part = parts[at];
    if (typeof part !== 'string') return joinedMixed(run, parts, separator);
    length += part.length;
  }
  run.checkString(length);
  if (parts.length <= JOINED_AT_ONCE) {
    run.spend(length / 100);
    return parts.join(separator);
  }
  let text = '';
  for (let from = 0; from < parts.length; from += JOINED_AT_ONCE) {
    run.spend(length / 100 / Math.ceil(parts.length / JOINED_AT_ONCE));
    text += (from > 0 ? separator : '') + parts.slice(from, from + JOINED_AT_ONCE).join(separator);
  }
  return text;
}

const JOINED_AT_ONCE = 16_384;

function joinedMixed(run: Run, parts: readonly unknown[], separator: string): string {
  const texts = parts.map((part) => {
    if (Array.isArray(part)) return joined(run, part, ',');
    return part === undefined || part === null ? '' : String(part);
  });
  run.checkString(texts.reduce((sum, { length }) => sum + length, separator.length * (texts.length - 1)));
  return texts.join(separator);
}
