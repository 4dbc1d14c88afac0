// After JSONata 2.2.2 (MIT, © IBM Corp.).
import type { JsonataError, Run } from '../../run.ts';
import { componentValue, DAYS, MONTHS } from './date-component.ts';
import { type DateComponent, readDatePicture } from './date-picture.ts';
import { formattedInteger } from './format-integer.ts';
import { type IntegerPicture, readIntegerPicture } from './integer-picture.ts';
import { cachedPicture } from './picture-cache.ts';

const datePictureOf = cachedPicture(readDatePicture);
const ISO_PICTURE = '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]';
const TWO_DIGITS = readIntegerPicture('00');

/** Between these, the standard notation has four digits for a year. */
const ISO_FROM = -62_167_219_200_000;
const ISO_UNTIL = Date.UTC(10_000, 0);

interface Offset {
  readonly hours: number;
  readonly minutes: number;
}

/** A date as the picture has it, ISO 8601 without one. `zone` is `±hhmm`. Throws `D3130` to `D3135`. */
export function formattedDate(run: Run, millis: number, picture?: string, zone?: string): string {
  if (picture === undefined && zone === undefined && isInIsoYears(millis)) {
    return new Date(millis).toISOString();
  }
  const number = zone === undefined ? 0 : Number.parseInt(zone, 10);
  const offset: Offset = { hours: Math.floor(number / 100), minutes: number % 100 };
  const date = new Date(millis + (60 * offset.hours + offset.minutes) * 60_000);
  let text = '';
  for (const part of datePictureOf(run, picture ?? ISO_PICTURE)) {
    text += 'literal' in part ? part.literal : componentText(run, date, part, offset);
    run.checkString(text.length);
  }
  return text;
}

const isInIsoYears = (millis: number): boolean =>
  typeof millis === 'number' && millis >= ISO_FROM && millis < ISO_UNTIL;

function componentText(run: Run, date: Date, part: DateComponent, offset: Offset): string {
  const { component } = part;
  if (component === 'Z' || component === 'z') return zoneText(run, part, offset);
  const value = componentValue(date, component);
  if (component === 'P') return part.names === 'upper' ? String(value).toUpperCase() : String(value);
  if (component === 'f') return formattedInteger(run, value as number, integerOf(part));
  if (!'YMDdFWwXxHhms'.includes(component)) return String(value);
  const number = component === 'Y' && part.yearDigits !== -1 ? (value as number) % 10 ** part.yearDigits : value;
  return part.names === undefined
    ? formattedInteger(run, number as number, integerOf(part))
    : nameText(part, number as number);
}

/** A fraction of a second cannot be named; the reference has no words for that. */
function integerOf({ integer }: DateComponent): IntegerPicture {
  if (integer) return integer;
  throw new TypeError('a number cannot be written as a name');
}

function nameText({ component, names, maxWidth }: DateComponent, value: number): string {
  if (component !== 'M' && component !== 'x' && component !== 'F') {
    throw { code: 'D3133', value: component } satisfies JsonataError;
  }
  const name = (component === 'F' ? DAYS[value] : MONTHS[value - 1]) as string;
  const cased = names === 'upper' ? name.toUpperCase() : names === 'lower' ? name.toLowerCase() : name;
  return maxWidth !== undefined && cased.length > maxWidth ? cased.slice(0, maxWidth) : cased;
}

function zoneText(run: Run, { component, modifier, integer }: DateComponent, { hours, minutes }: Offset): string {
  const picture = integer as IntegerPicture;
  const offset = hours * 100 + minutes;
  const text = offsetText(run, picture, offset, { hours, minutes });
  if (offset === 0 && modifier === 't') return 'Z';
  return `${component === 'z' ? 'GMT' : ''}${offset >= 0 ? '+' : ''}${text}`;
}

function offsetText(run: Run, picture: IntegerPicture, offset: number, { hours, minutes }: Offset): string {
  const digits = picture.mandatoryDigits;
  if (picture.regular || digits === 3 || digits === 4) return formattedInteger(run, offset, picture);
  if (digits !== 1 && digits !== 2) throw { code: 'D3134', value: digits } satisfies JsonataError;
  const text = formattedInteger(run, hours, picture);
  return minutes === 0 ? text : `${text}:${formattedInteger(run, minutes, TWO_DIGITS)}`;
}
