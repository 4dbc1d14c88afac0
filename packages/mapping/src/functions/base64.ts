import type { Run } from '../run.ts';
import { PIECE_LENGTH } from './text-work.ts';

/** A multiple of three, so that the codes of pieces can be put together. */
const ENCODED_PIECE = 49_152;

/** One byte for each UTF-16 unit, its lower one, in Base64. */
export function encodedBase64(run: Run, text: string): string {
  run.checkString(Math.ceil(text.length / 3) * 4);
  let code = '';
  for (let from = 0; from < text.length; from += ENCODED_PIECE) {
    if (from > 0) run.spend(ENCODED_PIECE / 100);
    const piece = text.slice(from, from + ENCODED_PIECE);
    code += btoa(bytesOf(piece));
  }
  return code;
}

const bytesOf = (text: string): string =>
  /[^\0-\xff]/.test(text)
    ? text.replace(/[^\0-\xff]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) & 0xff))
    : text;

/** Bytes as one UTF-16 unit each, as Node's own decoder has them: it passes over what is no Base64, and ends at the first `=`. */
export function decodedBase64(run: Run, code: string): string {
  let digits = '';
  for (let from = 0, ended = false; from < code.length && !ended; from += PIECE_LENGTH) {
    if (from > 0) run.spend(PIECE_LENGTH / 10);
    const piece = bytesOf(code.slice(from, from + PIECE_LENGTH));
    const end = piece.indexOf('=');
    ended = end !== -1;
    digits += onlyDigits(ended ? piece.slice(0, end) : piece);
  }
  // A digit too few for a byte says nothing.
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  let text = '';
  for (let from = 0; from < whole.length; from += PIECE_LENGTH) {
    if (from > 0) run.spend(PIECE_LENGTH / 100);
    text += atob(whole.slice(from, from + PIECE_LENGTH));
  }
  return text;
}

function onlyDigits(code: string): string {
  if (!/[^A-Za-z0-9+/]/.test(code)) return code;
  return code
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/[^A-Za-z0-9+/]+/g, '');
}
