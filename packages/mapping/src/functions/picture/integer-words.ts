// After JSONata 2.2.2 (MIT, © IBM Corp.): numbers in English words.

const CARDINALS = [
  ...['Zero', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'],
  ...['Thirteen', 'Fourteen', 'Fifteen', 'Sixteen', 'Seventeen', 'Eighteen', 'Nineteen'],
];
const ORDINALS = [
  ...['Zeroth', 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'],
  ...['Eleventh', 'Twelfth', 'Thirteenth', 'Fourteenth', 'Fifteenth', 'Sixteenth', 'Seventeenth', 'Eighteenth'],
  'Nineteenth',
];
const DECADES = ['Twenty', 'Thirty', 'Forty', 'Fifty', 'Sixty', 'Seventy', 'Eighty', 'Ninety', 'Hundred'];
const MAGNITUDES = ['Thousand', 'Million', 'Billion', 'Trillion'];

/** A whole number from 0 on in words, such as `Twenty-One`. */
export function numberInWords(value: number, ordinal: boolean): string {
  return wordsFor(value, false, ordinal);
}

function wordsFor(value: number, follows: boolean, ordinal: boolean): string {
  if (value <= 19) return (follows ? ' and ' : '') + (ordinal ? ORDINALS : CARDINALS)[value];
  if (value < 100) {
    const words = (follows ? ' and ' : '') + DECADES[Math.floor(value / 10) - 2];
    if (value % 10 > 0) return `${words}-${wordsFor(value % 10, false, ordinal)}`;
    return ordinal ? `${words.slice(0, -1)}ieth` : words;
  }
  if (value < 1000) {
    const words = `${follows ? ', ' : ''}${CARDINALS[Math.floor(value / 100)]} Hundred`;
    return words + restInWords(value % 100, ordinal);
  }
  const magnitude = Math.min(Math.floor(Math.log10(value) / 3), MAGNITUDES.length);
  const factor = 10 ** (magnitude * 3);
  const count = Math.floor(value / factor);
  const words = `${follows ? ', ' : ''}${wordsFor(count, false, false)} ${MAGNITUDES[magnitude - 1]}`;
  return words + restInWords(value - count * factor, ordinal);
}

function restInWords(rest: number, ordinal: boolean): string {
  if (rest > 0) return wordsFor(rest, true, ordinal);
  return ordinal ? 'th' : '';
}

const VALUES = new Map<string, number>([
  ...CARDINALS.map((word, value) => [word.toLowerCase(), value] as const),
  ...ORDINALS.map((word, value) => [word.toLowerCase(), value] as const),
  ...DECADES.flatMap((word, at) => {
    const lower = word.toLowerCase();
    return [[lower, (at + 2) * 10] as const, [`${lower.slice(0, -1)}ieth`, (at + 2) * 10] as const];
  }),
  ['hundredth', 100],
  ...MAGNITUDES.flatMap((word, at) => {
    const value = 10 ** ((at + 1) * 3);
    return [[word.toLowerCase(), value] as const, [`${word.toLowerCase()}th`, value] as const];
  }),
]);

/** Every word that a number can be written with, in small letters. */
export const NUMBER_WORDS: readonly string[] = [...VALUES.keys()];

/** The number that such words say; not-a-number where one of them is unknown. */
export function numberOfWords(text: string): number {
  const sums = [0];
  for (const word of text.split(/,\s|\sand\s|[\s\\-]/)) {
    const value = VALUES.get(word) ?? Number.NaN;
    const top = sums.pop() as number;
    if (!(value < 100)) sums.push(top * value);
    else if (top >= 1000) sums.push(top, value);
    else sums.push(top + value);
  }
  return sums.reduce((sum, value) => sum + value, 0);
}
