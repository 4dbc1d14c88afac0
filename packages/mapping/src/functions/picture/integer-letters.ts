// After JSONata 2.2.2 (MIT, © IBM Corp.): numbers in Roman numerals and in letters.
import type { Run } from '../../run.ts';

const ROMAN: readonly (readonly [value: number, numeral: string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

/** A whole number from 0 on in small Roman numerals; there is no larger one than a thousand. */
export function inRoman(run: Run, value: number): string {
  let left = value;
  let roman = '';
  for (const [step, numeral] of ROMAN) {
    const times = Math.floor(left / step);
    run.checkString(roman.length + times);
    roman += numeral.repeat(times);
    left -= times * step;
  }
  return roman;
}

const ROMAN_VALUES: Readonly<Record<string, number>> = { M: 1000, D: 500, C: 100, L: 50, X: 10, V: 5, I: 1 };

/** What capital Roman numerals stand for; not-a-number for other letters. */
export function ofRoman(roman: string): number {
  let sum = 0;
  let most = 1;
  for (let at = roman.length - 1; at >= 0; at--) {
    const value = ROMAN_VALUES[roman.charAt(at)] ?? Number.NaN;
    if (value < most) {
      sum -= value;
    } else {
      most = value;
      sum += value;
    }
  }
  return sum;
}

/** A whole number as the columns of a spreadsheet are named, beginning with `first`. */
export function inLetters(value: number, first: string): string {
  const code = first.charCodeAt(0);
  let letters = '';
  for (let left = value; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(((left - 1) % 26) + code) + letters;
  }
  return letters;
}

export function ofLetters(letters: string, first: string): number {
  const code = first.charCodeAt(0);
  let sum = 0;
  for (let at = 0; at < letters.length; at++) {
    sum += (letters.charCodeAt(letters.length - at - 1) - code + 1) * 26 ** at;
  }
  return sum;
}
