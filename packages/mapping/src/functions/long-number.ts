import type { Run } from '../run.ts';
import { PIECE_LENGTH, PIECE_STEPS } from './text-work.ts';

/** No more digits than these decide what the nearest double is; whether anything follows them is told by one more. */
const DECIDING_DIGITS = 780;
/** More than a double's exponent can make good. */
const FAR = 1e9;

/**
 * What `Number.parseFloat` gives for a text that is a decimal number from end to end, with looks at the deadline; undefined for any other text.
 */
export function longDecimal(run: Run, text: string): number | undefined {
  const whole = text.startsWith('-') ? 1 : 0;
  const point = digitsEnd(run, text, whole);
  if (point === whole) return undefined;
  let end = point;
  if (text[point] === '.') {
    end = digitsEnd(run, text, point + 1);
    if (end === point + 1) return undefined;
  }
  const exponent = exponentAt(run, text, end);
  if (exponent === undefined) return undefined;
  const digits = text.slice(whole, point) + text.slice(point + 1, end);
  const first = zerosEnd(run, digits);
  if (first === digits.length) return whole === 1 ? -0 : 0;
  const deciding = digits.slice(first, first + DECIDING_DIGITS);
  // Further digits count for no more than that they are there.
  const more =
    first + DECIDING_DIGITS < digits.length && zerosEnd(run, digits, first + DECIDING_DIGITS) < digits.length;
  const scale = point - whole - first - deciding.length - (more ? 1 : 0) + exponent;
  return Number.parseFloat(`${whole === 1 ? '-' : ''}${deciding}${more ? '1' : ''}e${scale}`);
}

/** The exponent that the rest of a text is, 0 where nothing is left. */
function exponentAt(run: Run, text: string, from: number): number | undefined {
  if (from === text.length) return 0;
  if (text[from] !== 'e' && text[from] !== 'E') return undefined;
  const sign = text[from + 1] === '-' || text[from + 1] === '+' ? 1 : 0;
  const start = from + 1 + sign;
  if (start === text.length || digitsEnd(run, text, start) < text.length) return undefined;
  const significant = text.slice(start + zerosEnd(run, text.slice(start)));
  const size = significant.length > 9 ? FAR : Number(significant);
  return text[from + 1] === '-' ? -size : size;
}

const digitsEnd = (run: Run, text: string, from: number): number => endOf(run, text, from, /[^0-9]/);
const zerosEnd = (run: Run, text: string, from = 0): number => endOf(run, text, from, /[^0]/);

/** Where `other` is found first, piece by piece. */
function endOf(run: Run, text: string, from: number, other: RegExp): number {
  for (let start = from; start < text.length; start += PIECE_LENGTH) {
    run.spend(PIECE_STEPS);
    const at = text.slice(start, start + PIECE_LENGTH).search(other);
    if (at !== -1) return start + at;
  }
  return text.length;
}

/** Whether a text has what the reference takes for a number of another base: at its beginning, anywhere (octal), at its end (binary). */
export function hasOtherBase(run: Run, text: string): boolean {
  if (/^0[xX][0-9A-Fa-f]/.test(text)) return true;
  for (let start = 0; start < text.length; start += PIECE_LENGTH) {
    run.spend(PIECE_STEPS);
    // Two characters more, for what lies across the end of a piece.
    if (/0[oO][0-7]/.test(text.slice(start, start + PIECE_LENGTH + 2))) return true;
  }
  let from = text.length;
  while (from > 0 && isBit(text.charCodeAt(from - 1))) {
    if (from % PIECE_LENGTH === 0) run.spend(PIECE_STEPS);
    from--;
  }
  return from < text.length && /0[bB]$/.test(text.slice(Math.max(0, from - 2), from));
}

const isBit = (unit: number): boolean => unit === 0x30 || unit === 0x31;
