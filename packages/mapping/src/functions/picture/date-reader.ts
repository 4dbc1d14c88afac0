// After JSONata 2.2.2 (MIT, © IBM Corp.): a date's picture as a regular expression.
import type { JsonataError } from '../../run.ts';
import { DAYS, MONTHS } from './date-component.ts';
import { type DateComponent, type DatePart, readDatePicture } from './date-picture.ts';
import { integerReader } from './parse-integer.ts';

/** How a text is read as a date. */
export interface DateReader {
  readonly pattern: RegExp;
  /** One for each group of the pattern; literals read nothing. */
  readonly parts: readonly PartReader[];
  /**
   * The power of the text's length that a backtracking search of it may take: 1 where it is always clear where a component ends.
   */
  readonly exponent: number;
}

interface PartReader {
  readonly pattern: string;
  readonly unbounded: boolean;
  readonly component?: string;
  readonly read?: (text: string) => number | undefined;
}

/** Throws `D3130` to `D3135` for a picture that cannot be read. */
export function readerOf(picture: string): DateReader {
  const parts = readDatePicture(picture).map(partReader);
  const pattern = new RegExp(`^${parts.map((part) => `(${part.pattern})`).join('')}$`, 'i');
  return { pattern, parts, exponent: exponentOf(parts) };
}

function partReader(part: DatePart): PartReader {
  if ('literal' in part) {
    return { pattern: part.literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), unbounded: false };
  }
  const { component, integer } = part;
  if (component === 'Z' || component === 'z') return zoneReader(part);
  if (component === 'f') {
    const read = (text: string) => Number.parseFloat(`0.${text.slice(0, 3)}`) * 1000;
    return { component, pattern: '[0-9]+', unbounded: true, read };
  }
  return { component, ...(integer ? integerReader(integer) : nameReader(part)) };
}

function zoneReader({ component, integer }: DateComponent): PartReader {
  const separator = integer?.regular?.character;
  const prefix = component === 'z' ? 'GMT' : '';
  const minutes = separator === undefined ? '' : `${separator}[0-9]+`;
  const read = (text: string): number => {
    const zone = text.slice(prefix.length);
    if (separator !== undefined) {
      const at = zone.indexOf(separator);
      return Number.parseInt(zone.substring(0, at), 10) * 60 + Number.parseInt(zone.substring(at + 1), 10);
    }
    if (zone.length <= 3) return Number.parseInt(zone, 10) * 60;
    return Number.parseInt(zone.slice(0, 3), 10) * 60 + Number.parseInt(zone.slice(3), 10);
  };
  return { component, pattern: `${prefix}[-+][0-9]+${minutes}`, unbounded: true, read };
}

function nameReader({ component, maxWidth }: DateComponent): Omit<PartReader, 'component'> {
  const values = new Map<string, number>();
  const shortened = (name: string): string => (maxWidth ? name.substring(0, maxWidth) : name);
  if (component === 'M' || component === 'x') {
    MONTHS.forEach((name, at) => {
      values.set(shortened(name), at + 1);
    });
  } else if (component === 'F') {
    DAYS.forEach((name, at) => {
      if (at > 0) values.set(shortened(name), at);
    });
  } else if (component === 'P') {
    for (const name of ['am', 'AM']) values.set(name, 0);
    for (const name of ['pm', 'PM']) values.set(name, 1);
  } else {
    throw { code: 'D3133', value: component } satisfies JsonataError;
  }
  return { pattern: '[a-zA-Z]+', unbounded: true, read: (text) => values.get(text) };
}

/** What no component takes in, so that the one before must have ended. Words take dashes, commas and spaces. */
const ENDS_COMPONENT = /[^\w]/;
const ENDS_WORDS = /[^\w\-, ]/;

function exponentOf(parts: readonly PartReader[]): number {
  let exponent = 1;
  let open = false;
  const hasWords = parts.some(({ pattern }) => pattern.startsWith('(?:'));
  for (const { pattern, unbounded, component } of parts) {
    if (unbounded && open) exponent++;
    if (unbounded) open = true;
    else if (component === undefined && (hasWords ? ENDS_WORDS : ENDS_COMPONENT).test(pattern.replaceAll('\\', '')))
      open = false;
  }
  return exponent;
}
