import type { Run } from '../run.ts';
import { PIECE_LENGTH, PIECE_STEPS, pieceEnd } from './text-work.ts';

const SURROGATE = /[\uD800-\uDFFF]/;

/** Length in characters as JSONata counts them: a surrogate pair is one. */
export function lengthInCharacters(run: Run, text: string): number {
  if (text.length <= PIECE_LENGTH) return text.length - pairsIn(text);
  let length = 0;
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = pieceEnd(text, from);
    run.spend(PIECE_STEPS);
    length += to - from - pairsIn(text.slice(from, to));
  }
  return length;
}

function pairsIn(text: string): number {
  if (!SURROGATE.test(text)) return 0;
  let pairs = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (isPairAt(text, at)) {
      pairs++;
      at++;
    }
  }
  return pairs;
}

/** What `slice` of an array of the text's characters would hold, joined. `length` is that of the array. */
export function sliceCharacters(run: Run, text: string, length: number, start: number, end?: number): string {
  if (length === text.length) return text.slice(start, end);
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
    if (left % PIECE_LENGTH === 0) run.spend(PIECE_STEPS);
    at += isPairAt(text, at) ? 2 : 1;
  }
  return at;
}

function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
