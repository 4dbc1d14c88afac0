// After JSONata 2.2.2 (MIT, © IBM Corp.): the pictures of $formatInteger, which parts of date pictures are as well.
import type { JsonataError } from '../../run.ts';

/** How a whole number is written. */
export interface IntegerPicture {
  readonly primary: 'decimal' | 'letters' | 'roman' | 'words' | 'sequence';
  readonly letterCase: 'upper' | 'lower' | 'title';
  readonly ordinal: boolean;
  /** The code point of its zero; undefined where there are no digits. */
  readonly zero?: number;
  /** Date pictures widen it. */
  mandatoryDigits?: number;
  readonly optionalDigits?: number;
  /** One separator every so many digits. */
  readonly regular?: Separator;
  /** Separators at places of their own, the leftmost first. */
  readonly separators?: readonly Separator[];
  /** Set by date pictures: exactly so many digits are read. */
  parseWidth?: number | undefined;
  /** What a sequence that is not supported begins with. */
  readonly token?: string;
}

export interface Separator {
  /** Digits to its right. */
  readonly position: number;
  readonly character: string;
}

const ZEROS = [
  ...[0x30, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6],
  ...[0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40],
  ...[0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10],
];

const NAMED: Readonly<Record<string, Pick<IntegerPicture, 'primary' | 'letterCase'>>> = {
  A: { primary: 'letters', letterCase: 'upper' },
  a: { primary: 'letters', letterCase: 'lower' },
  I: { primary: 'roman', letterCase: 'upper' },
  i: { primary: 'roman', letterCase: 'lower' },
  W: { primary: 'words', letterCase: 'upper' },
  Ww: { primary: 'words', letterCase: 'title' },
  w: { primary: 'words', letterCase: 'lower' },
};

/** Throws `D3131` for digits of more than one script. */
export function readIntegerPicture(picture: string): IntegerPicture {
  const semicolon = picture.lastIndexOf(';');
  const format = semicolon === -1 ? picture : picture.slice(0, semicolon);
  const ordinal = semicolon !== -1 && picture[semicolon + 1] === 'o';
  const named = Object.hasOwn(NAMED, format) ? NAMED[format] : undefined;
  return named ? { ...named, ordinal } : decimalPicture(format, ordinal);
}

function decimalPicture(format: string, ordinal: boolean): IntegerPicture {
  let zero: number | undefined;
  let mandatoryDigits = 0;
  let optionalDigits = 0;
  const separators: Separator[] = [];
  for (const character of [...format].reverse()) {
    const codePoint = character.codePointAt(0) as number;
    const group = ZEROS.find((first) => codePoint >= first && codePoint <= first + 9);
    if (group !== undefined) {
      mandatoryDigits++;
      zero ??= group;
      if (group !== zero) throw { code: 'D3131' } satisfies JsonataError;
    } else if (character === '#') {
      optionalDigits++;
    } else {
      separators.push({ position: mandatoryDigits + optionalDigits, character });
    }
  }
  if (zero === undefined) return { primary: 'sequence', letterCase: 'lower', ordinal, token: format };
  const interval = regularInterval(separators);
  return {
    ...{ primary: 'decimal', letterCase: 'lower', ordinal, zero, mandatoryDigits, optionalDigits },
    ...(interval > 0
      ? { regular: { position: interval, character: (separators[0] as Separator).character } }
      : { separators: separators.reverse() }),
  };
}

function regularInterval(separators: readonly Separator[]): number {
  const [first] = separators;
  if (first === undefined || separators.some(({ character }) => character !== first.character)) return 0;
  return commonInterval(separators.map(({ position }) => position));
}

/** The interval of places that are its multiples from 1 on without a gap; 0 where there is none. */
export function commonInterval(places: readonly number[]): number {
  if (places.length === 0) return 0;
  const interval = places.reduce(greatestCommonDivisor);
  return places.every((_, at) => places.includes((at + 1) * interval)) ? interval : 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
