import { FlowError } from '@crossdock/errors';

/** What a walk over a JSON text finds before it is parsed. */
export interface WalkedText {
  /** A number has so many characters, or so large an exponent, that it may not survive a double. */
  readonly hasRiskyNumber: boolean;
}

/** Nothing with so few characters has more than 15 significant digits. */
const SAFE_CHARS = 15;
/** Exponents of so few digits neither overflow nor underflow with that many characters before them. */
const SAFE_EXPONENT_DIGITS = 2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Goes over a text once, in a third of the time of its parsing. Throws `DATA_TOO_DEEP`. Of a text that is no JSON it says something or other: whoever
 * parses it finds out.
 */
export function walkText(text: string, maxDepth: number): WalkedText {
  let depth = 0;
  let hasRiskyNumber = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) throw new FlowError('DATA_TOO_DEEP', { details: { limit: maxDepth } });
    } else if (char === 0x7d || char === 0x5d) depth--;
    else if (char === 0x2d || isDigit(char)) {
      const end = endOfNumber(text, at);
      if (end - at > SAFE_CHARS || hasLargeExponent(text, at, end)) hasRiskyNumber = true;
      at = end - 1;
    }
  }
  return { hasRiskyNumber };
}

/** Where the closing quote is; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    // Backslashes in pairs stand for themselves.
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end++;
  return end;
}

function hasLargeExponent(text: string, start: number, end: number): boolean {
  for (let at = end - 1, digits = 0; at > start; at--, digits++) {
    const char = text.charCodeAt(at);
    if (isExponent(char)) return digits > SAFE_EXPONENT_DIGITS;
    if (!isDigit(char)) digits--;
  }
  return false;
}

const isDigit = (char: number): boolean => char >= 0x30 && char <= 0x39;
const isExponent = (char: number): boolean => char === 0x65 || char === 0x45;
/** Digits, point, exponent and signs. */
const isOfNumber = (char: number): boolean =>
  isDigit(char) || char === 0x2e || isExponent(char) || char === 0x2b || char === 0x2d;
