// After JSONata 2.2.2 (MIT, © IBM Corp.).
import type { JsonataError, Run } from '../../run.ts';
import { inLetters, inRoman } from './integer-letters.ts';
import { type IntegerPicture, readIntegerPicture } from './integer-picture.ts';
import { numberInWords } from './integer-words.ts';
import { cachedPicture } from './picture-cache.ts';

/** The picture of a whole number, read once. */
export const integerPictureOf = cachedPicture(readIntegerPicture);

/** A whole number as the picture has it. Throws `D3130` for numbering that is not supported. */
export function formattedInteger(run: Run, value: number, picture: IntegerPicture): string {
  const text = magnitudeText(run, Math.abs(value), picture);
  return value < 0 ? `-${text}` : text;
}

function magnitudeText(run: Run, value: number, picture: IntegerPicture): string {
  switch (picture.primary) {
    case 'letters':
      return inLetters(finite(value), picture.letterCase === 'upper' ? 'A' : 'a');
    case 'roman':
      return cased(inRoman(run, finite(value)), picture);
    case 'words':
      return wordsOf(value, picture);
    case 'decimal':
      return decimalText(run, value, picture);
    default:
      throw { code: 'D3130', value: picture.token } satisfies JsonataError;
  }
}

/** Bindings may hold what JSON cannot; there is no end to its letters. */
function finite(value: number): number {
  if (value === Number.POSITIVE_INFINITY) throw { code: 'D1001', value } satisfies JsonataError;
  return value;
}

const wordsOf = (value: number, picture: IntegerPicture): string =>
  Number.isNaN(value) ? 'NaN' : cased(numberInWords(finite(value), picture.ordinal), picture);

function cased(text: string, { letterCase }: IntegerPicture): string {
  if (letterCase === 'title') return text;
  return letterCase === 'upper' ? text.toUpperCase() : text.toLowerCase();
}

function decimalText(run: Run, value: number, picture: IntegerPicture): string {
  const { mandatoryDigits = 0, zero = 0x30, regular, separators = [], ordinal } = picture;
  run.checkString(mandatoryDigits);
  let text = String(value).padStart(mandatoryDigits || 0, '0');
  if (zero !== 0x30) {
    text = Array.from(text, (digit) => String.fromCodePoint((digit.codePointAt(0) as number) + zero - 0x30)).join('');
  }
  if (regular) {
    for (let group = Math.floor((text.length - 1) / regular.position); group > 0; group--) {
      text = withSeparator(run, text, group * regular.position, regular.character);
    }
  } else {
    for (const { position, character } of separators) text = withSeparator(run, text, position, character);
  }
  return ordinal ? text + ordinalSuffix(text) : text;
}

function withSeparator(run: Run, text: string, position: number, character: string): string {
  run.spend(1 + text.length / 100);
  const at = text.length - position;
  return text.slice(0, Math.max(0, at)) + character + text.slice(at);
}

function ordinalSuffix(text: string): string {
  const suffix = { '1': 'st', '2': 'nd', '3': 'rd' }[text.at(-1) ?? ''];
  return suffix === undefined || text.at(-2) === '1' ? 'th' : suffix;
}
