// After JSONata 2.2.2 (MIT, © IBM Corp.), which follows XPath's fn:format-number.
import type { JsonataError } from '../../run.ts';
import { commonInterval } from './integer-picture.ts';
import type { SymbolTable } from './number-symbols.ts';

/** How numbers of one sign are written. */
export interface NumberPicture {
  readonly prefix: string;
  readonly suffix: string;
  /** The sub-picture as it was written. */
  readonly picture: string;
  readonly integerGroups: readonly number[];
  /** One separator every so many digits; 0 where they are not regular. */
  readonly groupInterval: number;
  readonly fractionGroups: readonly number[];
  readonly minIntegerDigits: number;
  /** Integer digits of the mantissa. */
  readonly scale: number;
  readonly minFractionDigits: number;
  readonly maxFractionDigits: number;
  /** 0 where there is no exponent. */
  readonly minExponentDigits: number;
}

export interface SubPicture {
  readonly text: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly active: string;
  readonly mantissa: string;
  readonly exponent: string | undefined;
  readonly integer: string;
  readonly fraction: string;
}

export function subPictureOf(text: string, { symbols, active }: SymbolTable): SubPicture {
  const exponentSign = symbols['exponent-separator'];
  const isActive = (character: string): boolean => active.has(character) && character !== exponentSign;
  const units = text.split('');
  const first = units.findIndex(isActive);
  const last = units.findLastIndex(isActive);
  const prefix = first === -1 ? '' : text.slice(0, first);
  const suffix = last === -1 ? '' : text.slice(last + 1);
  const activePart = text.substring(prefix.length, text.length - suffix.length);
  const exponentAt = text.indexOf(exponentSign, prefix.length);
  const hasExponent = exponentAt !== -1 && exponentAt <= text.length - suffix.length;
  // Counted from the start of the text within the part behind the prefix: so does the reference.
  const mantissa = hasExponent ? activePart.substring(0, exponentAt) : activePart;
  const point = mantissa.indexOf(symbols['decimal-separator']);
  return {
    ...{ text, prefix, suffix, active: activePart, mantissa },
    exponent: hasExponent ? activePart.substring(exponentAt + 1) : undefined,
    integer: point === -1 ? mantissa : mantissa.slice(0, point),
    fraction: point === -1 ? suffix : mantissa.slice(point + 1),
  };
}

export function numberPictureOf(parts: SubPicture, { symbols, digits }: SymbolTable): NumberPicture {
  const isDigit = (character: string): boolean => digits.includes(character);
  const isAnyDigit = (character: string): boolean => isDigit(character) || character === symbols.digit;
  const grouping = symbols['grouping-separator'];
  const groupsOf = (part: string, toLeft: boolean): readonly number[] => {
    const groups: number[] = [];
    let at = part.indexOf(grouping);
    while (at !== -1) {
      groups.push(countOf(toLeft ? part.slice(0, at) : part.slice(at), isAnyDigit));
      // Further ones are looked for in the integer part, whichever part it is: so does the reference.
      at = parts.integer.indexOf(grouping, at + 1);
    }
    return groups;
  };
  const integerGroups = groupsOf(parts.integer, false);
  const scale = countOf(parts.integer, isDigit);
  const hasExponent = parts.exponent !== undefined;
  let minIntegerDigits = scale;
  let minFractionDigits = countOf(parts.fraction, isDigit);
  let maxFractionDigits = countOf(parts.fraction, isAnyDigit);
  if (minIntegerDigits === 0 && maxFractionDigits === 0) {
    if (hasExponent) {
      minFractionDigits = 1;
      maxFractionDigits = 1;
    } else {
      minIntegerDigits = 1;
    }
  }
  if (hasExponent && minIntegerDigits === 0 && parts.integer.includes(symbols.digit)) minIntegerDigits = 1;
  if (minIntegerDigits === 0 && minFractionDigits === 0) minFractionDigits = 1;
  return {
    ...{ prefix: parts.prefix, suffix: parts.suffix, picture: parts.text, integerGroups, scale },
    ...{ minIntegerDigits, minFractionDigits, maxFractionDigits },
    groupInterval: commonInterval(integerGroups),
    fractionGroups: groupsOf(parts.fraction, true),
    minExponentDigits: parts.exponent === undefined ? 0 : countOf(parts.exponent, isDigit),
  };
}

function countOf(text: string, counts: (character: string) => boolean): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (counts(text.charAt(at))) count++;
  return count;
}

/** Throws `D3081` to `D3093`: of several faults the one that the reference finds last. */
export function checkSubPicture(parts: SubPicture, { symbols, digits, active }: SymbolTable): void {
  const { text, integer, fraction, exponent } = parts;
  const isDigit = (character: string): boolean => digits.includes(character);
  const repeats = (symbol: string): boolean => text.indexOf(symbol) !== text.lastIndexOf(symbol);
  const { percent, 'per-mille': perMille, digit, 'grouping-separator': grouping } = symbols;
  const point = text.indexOf(symbols['decimal-separator']);
  const isOptionalFirst = integer.indexOf(digit);
  const isOptionalLast = fraction.lastIndexOf(digit);
  const faults: readonly (readonly [code: string, found: boolean])[] = [
    ['D3081', repeats(symbols['decimal-separator'])],
    ['D3082', repeats(percent)],
    ['D3083', repeats(perMille)],
    ['D3084', text.includes(percent) && text.includes(perMille)],
    ['D3085', !parts.mantissa.split('').some((character) => isDigit(character) || character === digit)],
    ['D3086', parts.active.split('').some((character) => !active.has(character))],
    ['D3087', point !== -1 && (text.charAt(point - 1) === grouping || text.charAt(point + 1) === grouping)],
    ['D3088', point === -1 && integer.charAt(integer.length - 1) === grouping],
    ['D3089', text.includes(grouping + grouping)],
    ['D3090', isOptionalFirst !== -1 && integer.slice(0, isOptionalFirst).split('').some(isDigit)],
    ['D3091', isOptionalLast !== -1 && fraction.slice(isOptionalLast).split('').some(isDigit)],
    ['D3092', Boolean(exponent) && (text.includes(percent) || text.includes(perMille))],
    ['D3093', exponent !== undefined && (exponent === '' || !exponent.split('').every(isDigit))],
  ];
  const code = faults.findLast(([, found]) => found)?.[0];
  if (code !== undefined) throw { code } satisfies JsonataError;
}
