import type { Run } from '../run.ts';

/** Shorter texts are not worth counting: the call itself is. */
const COUNTED_FROM = 1000;

/** Longer texts are worked through in pieces of about that length, each of which takes a millisecond at most. */
export const PIECE_LENGTH = 32_768;

/** What a piece counts as: enough for a look at the deadline after each. */
export const PIECE_STEPS = 1000;

/** To be called before a text of that length is walked through. */
export function walk(run: Run, length: number): void {
  if (length < COUNTED_FROM) return;
  run.checkString(length);
  run.spend(length / 100);
}

/** The end of a piece of a text that cuts no surrogate pair in two. */
export function pieceEnd(text: string, from: number): number {
  const end = from + PIECE_LENGTH;
  return end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end + 1 : Math.min(end, text.length);
}

/** Converts piece by piece, with a look at the deadline after each. The result may be longer, up to the limit of strings. */
export function convertPieces(
  run: Run,
  text: string,
  convert: (piece: string) => string,
  endOf: (text: string, from: number) => number = pieceEnd,
): string {
  if (text.length <= PIECE_LENGTH) return convert(text);
  let result = '';
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = endOf(text, from);
    run.spend(PIECE_STEPS);
    result += convert(text.slice(from, to));
    run.checkString(result.length);
  }
  return result;
}

/** As `String.prototype.indexOf`, with looks at the deadline in a long text. */
export function indexOfText(run: Run, text: string, wanted: string, from: number): number {
  if (text.length - from <= PIECE_LENGTH) return text.indexOf(wanted, from);
  const step = Math.max(PIECE_LENGTH * 4, wanted.length);
  for (let start = from; start <= text.length; start += step) {
    const at = text.slice(start, start + step + wanted.length - 1).indexOf(wanted);
    if (at !== -1) return start + at;
    run.spend(PIECE_STEPS);
  }
  return -1;
}
