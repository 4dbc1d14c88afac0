import type { Run } from '../run.ts';
import { PIECE_LENGTH } from './text-work.ts';

const SURROGATE = /[\uD800-\uDFFF]/;

/** Length in characters as JSONata counts them: a surrogate pair is one. */
export function lengthInCharacters(run: Run, text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let pairs = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (at % PIECE_LENGTH === 0) run.spend(1);
    if (isPairAt(text, at)) {
      pairs++;
      at++;
    }
  }
  return text.length - pairs;
}

/** What `slice` of an array of the text's characters would hold, joined. */
export function sliceCharacters(run: Run, text: string, start: number, end?: number): string {
  if (!SURROGATE.test(text)) return text.slice(start, end);
  const length = lengthInCharacters(run, text);
  const from = clamped(start, length);
  const to = end === undefined ? length : clamped(end, length);
  if (to <= from) return '';
  const begin = offsetOf(run, text, from, 0);
  return text.slice(begin, offsetOf(run, text, to - from, begin));
}

function clamped(index: number, length: number): number {
  const whole = Math.trunc(index) || 0;
  return whole < 0 ? Math.max(0, length + whole) : Math.min(whole, length);
}

/** The offset in UTF-16 units `characters` on from `offset`. */
function offsetOf(run: Run, text: string, characters: number, offset: number): number {
  let at = offset;
  for (let left = characters; left > 0; left--) {
    if (left % PIECE_LENGTH === 0) run.spend(1);
    at += isPairAt(text, at) ? 2 : 1;
  }
  return at;
}

function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
