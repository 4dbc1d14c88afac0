import type { Run } from '../run.ts';
import { PIECE_LENGTH, PIECE_STEPS } from './text-work.ts';

/** A multiple of three, so that the codes of pieces can be put together. */
const ENCODED_PIECE = 24_576;

/** One byte for each UTF-16 unit, its lower one, in Base64. */
export function encodedBase64(run: Run, text: string): string {
  run.checkString(Math.ceil(text.length / 3) * 4);
  let code = '';
  for (let from = 0; from < text.length; from += ENCODED_PIECE) {
    if (from > 0) run.spend(PIECE_STEPS);
    code += btoa(bytesOf(text.slice(from, from + ENCODED_PIECE)));
  }
  return code;
}

const bytesOf = (text: string): string =>
  /[^\0-\xff]/.test(text)
    ? text.replace(/[^\0-\xff]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) & 0xff))
    : text;

/** The value of each digit by its code; -1 for what is none. The alphabet for URLs counts too. */
const DIGITS = new Int8Array(256).fill(-1);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((digit, value) => {
  DIGITS[digit.charCodeAt(0)] = value;
});
DIGITS['-'.charCodeAt(0)] = 62;
DIGITS['_'.charCodeAt(0)] = 63;

const END = '='.charCodeAt(0);

/** Bytes as one UTF-16 unit each, as Node's own decoder has them: it passes over what is no digit, and ends at the first `=`. */
export function decodedBase64(run: Run, code: string): string {
  const bytes = new Uint8Array(Math.min(code.length, PIECE_LENGTH));
  let text = '';
  let count = 0;
  let bits = 0;
  let bitCount = 0;
  for (let at = 0; at < code.length; at++) {
    const unit = code.charCodeAt(at) & 0xff;
    if (unit === END) break;
    const digit = DIGITS[unit] as number;
    if (digit >= 0) {
      bits = ((bits << 6) | digit) & 0xfff;
      bitCount += 6;
      if (bitCount >= 8) {
        bitCount -= 8;
        bytes[count++] = (bits >> bitCount) & 0xff;
      }
    }
    if (at % PIECE_LENGTH === PIECE_LENGTH - 1) {
      run.spend(PIECE_STEPS);
      text += textOf(bytes, count);
      count = 0;
    }
  }
  return text + textOf(bytes, count);
}

/** As many arguments as a call safely takes. */
const MAX_ARGUMENTS = 8192;

function textOf(bytes: Uint8Array, count: number): string {
  let text = '';
  for (let from = 0; from < count; from += MAX_ARGUMENTS) {
    text += String.fromCharCode(...bytes.subarray(from, Math.min(count, from + MAX_ARGUMENTS)));
  }
  return text;
}
