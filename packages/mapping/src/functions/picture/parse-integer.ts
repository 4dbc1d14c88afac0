// After JSONata 2.2.2 (MIT, © IBM Corp.).
import type { JsonataError } from '../../run.ts';
import { ofLetters, ofRoman } from './integer-letters.ts';
import type { IntegerPicture } from './integer-picture.ts';
import { NUMBER_WORDS, numberOfWords } from './integer-words.ts';

/** How a whole number is read back. */
export interface IntegerReader {
  /** What it looks like, for the regular expression of a date. */
  readonly pattern: string;
  /** Whether the pattern takes texts of any length. */
  readonly unbounded: boolean;
  /** Reads without checking; what is none gives not-a-number. */
  readonly read: (text: string) => number;
}

const WORDS_PATTERN = `(?:${[...NUMBER_WORDS, 'and', '[\\-, ]'].join('|')})+`;

/** Throws `D3130` for numbering that is not supported. */
export function integerReader(picture: IntegerPicture): IntegerReader {
  const upper = picture.letterCase === 'upper';
  switch (picture.primary) {
    case 'letters':
      return {
        ...{ pattern: upper ? '[A-Z]+' : '[a-z]+', unbounded: true },
        read: (text) => ofLetters(text, upper ? 'A' : 'a'),
      };
    case 'roman':
      return {
        ...{ pattern: upper ? '[MDCLXVI]+' : '[mdclxvi]+', unbounded: true },
        read: (text) => ofRoman(upper ? text : text.toUpperCase()),
      };
    case 'words':
      return { pattern: WORDS_PATTERN, unbounded: true, read: (text) => numberOfWords(text.toLowerCase()) };
    case 'decimal':
      return decimalReader(picture);
    default:
      throw { code: 'D3130', value: picture.token } satisfies JsonataError;
  }
}

function decimalReader({ parseWidth, ordinal, regular, separators = [], zero = 0x30 }: IntegerPicture): IntegerReader {
  const digitsPattern = parseWidth ? `[0-9]{${parseWidth}}` : '[0-9]+';
  return {
    pattern: ordinal ? `${digitsPattern}(?:th|st|nd|rd)` : digitsPattern,
    unbounded: !parseWidth,
    read(text) {
      let digits = ordinal ? text.slice(0, -2) : text;
      for (const character of regular ? [','] : separators.map((separator) => separator.character)) {
        digits = digits.replaceAll(character, '');
      }
      if (zero !== 0x30) {
        const western = (unit: string) => String.fromCodePoint((unit.codePointAt(0) as number) - zero + 0x30);
        digits = digits.split('').map(western).join('');
      }
      // biome-ignore lint/correctness/useParseIntRadix: a hexadecimal text is read as one, as the reference does
      return Number.parseInt(digits);
    },
  };
}
