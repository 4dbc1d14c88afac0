// After JSONata 2.2.2 (MIT, © IBM Corp.), which follows XPath's fn:format-number.
import type { JsonataError, Run } from '../../run.ts';
import { roundHalfEven } from '../rounding.ts';
import { checkSubPicture, type NumberPicture, numberPictureOf, subPictureOf } from './number-picture.ts';
import { type SymbolTable, symbolsIn, symbolTable } from './number-symbols.ts';
import { cachedPicture } from './picture-cache.ts';

interface NumberFormat {
  readonly table: SymbolTable;
  readonly positive: NumberPicture;
  readonly negative: NumberPicture;
}

type Options = Readonly<Record<string, unknown>>;

const defaultTable = symbolTable({});
const defaultFormat = cachedPicture((picture) => formatOf(picture, defaultTable));
/** By picture and options as JSON. */
const optionsFormat = cachedPicture((json) => {
  const [picture, options] = JSON.parse(json) as [string, Options];
  return formatOf(picture, symbolTable(options));
});

/** A number as the picture has it. Throws `D3080` to `D3093` for a picture that is not well made. */
export function formattedNumber(run: Run, value: number, picture: string, options?: Options): string {
  const format = options
    ? optionsFormat(run, JSON.stringify([picture, symbolsIn(options)]))
    : defaultFormat(run, picture);
  return numberText(run, value, format);
}

function formatOf(picture: string, table: SymbolTable): NumberFormat {
  const texts = picture.split(table.symbols['pattern-separator']);
  if (texts.length > 2) throw { code: 'D3080' } satisfies JsonataError;
  const parts = texts.map((text) => subPictureOf(text, table));
  for (const part of parts) checkSubPicture(part, table);
  const [positive, negative] = parts.map((part) => numberPictureOf(part, table)) as [NumberPicture, NumberPicture?];
  const signed = { ...positive, prefix: table.symbols['minus-sign'] + positive.prefix };
  return { table, positive, negative: negative ?? signed };
}

function numberText(run: Run, value: number, { table, positive, negative }: NumberFormat): string {
  const { symbols } = table;
  const picture = value >= 0 ? positive : negative;
  const scaled = value * factorOf(picture, table);
  const { mantissa, exponent } =
    picture.minExponentDigits === 0 ? { mantissa: scaled, exponent: undefined } : scientific(scaled, picture.scale);
  const rounded = roundHalfEven(mantissa, picture.maxFractionDigits);
  let text = fixedText(rounded, picture.maxFractionDigits, table).replace('.', () => symbols['decimal-separator']);
  if (!text.includes(symbols['decimal-separator'])) text += symbols['decimal-separator'];
  text = padded(text, picture, symbols['zero-digit'], symbols['decimal-separator']);
  text = grouped(run, text, picture, symbols['grouping-separator'], symbols['decimal-separator']);
  const hasPoint = picture.picture.includes(symbols['decimal-separator']);
  if (!hasPoint || text.indexOf(symbols['decimal-separator']) === text.length - 1) text = text.slice(0, -1);
  if (exponent !== undefined) text += exponentText(exponent, picture, table);
  return picture.prefix + text + picture.suffix;
}

function factorOf({ picture }: NumberPicture, { symbols }: SymbolTable): number {
  if (picture.includes(symbols.percent)) return 100;
  return picture.includes(symbols['per-mille']) ? 1000 : 1;
}

/** Mantissa and exponent, step by step: one division by a power would give other last digits. */
function scientific(value: number, scale: number): { mantissa: number; exponent: number } {
  if (!Number.isFinite(value)) throw { code: 'D1001', value } satisfies JsonataError;
  let mantissa = value;
  let exponent = 0;
  if (value !== 0) {
    for (const least = 10 ** (scale - 1); Math.abs(mantissa) < least && Number.isFinite(mantissa); exponent--)
      mantissa *= 10;
    for (const most = 10 ** scale; Math.abs(mantissa) > most && Number.isFinite(mantissa); exponent++) mantissa /= 10;
  }
  return { mantissa, exponent };
}

function fixedText(value: number, places: number, { symbols, digits }: SymbolTable): string {
  const text = Math.abs(value).toFixed(places);
  if (symbols['zero-digit'] === '0') return text;
  return text.replace(/[0-9]/g, (digit) => digits[digit.charCodeAt(0) - 48] as string);
}

/** Without zeros at both ends, then with as many as the picture asks for. */
function padded(text: string, picture: NumberPicture, zero: string, point: string): string {
  let from = 0;
  let to = text.length;
  while (text.charAt(from) === zero && from < to) from++;
  while (to > from && text.charAt(to - 1) === zero) to--;
  const bare = text.slice(from, to);
  const pointAt = bare.indexOf(point);
  const left = Math.max(0, picture.minIntegerDigits - pointAt);
  const right = Math.max(0, picture.minFractionDigits - (bare.length - pointAt - 1));
  return zero.repeat(left) + bare + zero.repeat(right);
}

function grouped(run: Run, text: string, picture: NumberPicture, separator: string, point: string): string {
  let result = text;
  let pointAt = result.indexOf(point);
  const insert = (at: number): void => {
    run.spend(1 + result.length / 100);
    result = result.slice(0, at) + separator + result.slice(at);
  };
  if (picture.groupInterval > 0) {
    const groups = Math.floor((pointAt - 1) / picture.groupInterval);
    for (let group = 1; group <= groups; group++) insert(pointAt - group * picture.groupInterval);
  } else {
    for (const position of picture.integerGroups) {
      insert(pointAt - position);
      pointAt++;
    }
  }
  const fractionFrom = result.indexOf(point) + 1;
  for (const position of picture.fractionGroups) insert(position + fractionFrom);
  return result;
}

function exponentText(exponent: number, { minExponentDigits }: NumberPicture, table: SymbolTable): string {
  const { symbols } = table;
  const digits = fixedText(exponent, 0, table);
  const zeros = symbols['zero-digit'].repeat(Math.max(0, minExponentDigits - digits.length));
  return symbols['exponent-separator'] + (exponent < 0 ? symbols['minus-sign'] : '') + zeros + digits;
}
