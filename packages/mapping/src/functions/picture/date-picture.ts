// After JSONata 2.2.2 (MIT, © IBM Corp.): the pictures of $fromMillis and $toMillis.
import type { JsonataError } from '../../run.ts';
import { type IntegerPicture, readIntegerPicture } from './integer-picture.ts';

/** A part of a date's picture: text as it is, or a component of the date. */
export type DatePart = { readonly literal: string } | DateComponent;

export interface DateComponent {
  /** One letter, such as `Y`, `M` or `Z`. */
  readonly component: string;
  /** Written as a name, in that case. */
  readonly names: 'upper' | 'lower' | 'title' | undefined;
  /** Not-a-number where only the least width is given. */
  readonly maxWidth: number | undefined;
  /** The second presentation modifier. */
  readonly modifier: string | undefined;
  readonly integer: IntegerPicture | undefined;
  /** How many digits of a year are written; -1 for all. */
  readonly yearDigits: number;
}

const DEFAULTS: Readonly<Record<string, string>> = {
  ...{ Y: '1', M: '1', D: '1', d: '1', F: 'n', W: '1', w: '1', X: '1', x: '1', H: '1', h: '1' },
  ...{ P: 'n', m: '01', s: '01', f: '1', Z: '01:01', z: '01:01', C: 'n', E: 'n' },
};

/** Throws `D3131`, `D3132` and `D3135`. */
export function readDatePicture(picture: string): readonly DatePart[] {
  const parts: DatePart[] = [];
  const addLiteral = (from: number, to: number): void => {
    if (to > from) parts.push({ literal: picture.slice(from, to).replaceAll(']]', ']') });
  };
  let from = 0;
  let at = 0;
  while (at < picture.length) {
    if (picture[at] !== '[') {
      at++;
    } else if (picture[at + 1] === '[') {
      addLiteral(from, at);
      parts.push({ literal: '[' });
      at += 2;
      from = at;
    } else {
      addLiteral(from, at);
      const end = picture.indexOf(']', at);
      if (end === -1) throw { code: 'D3135' } satisfies JsonataError;
      const marker = picture
        .slice(at + 1, end)
        .split(/\s+/)
        .join('');
      parts.push(componentOf(marker, parts.at(-1)));
      at = end + 1;
      from = at;
    }
  }
  addLiteral(from, at);
  return parts;
}

function componentOf(marker: string, before: DatePart | undefined): DateComponent {
  const component = marker.charAt(0);
  const comma = marker.lastIndexOf(',');
  const width = comma === -1 ? undefined : marker.slice(comma + 1);
  const { first, modifier } = presentationOf(component, comma === -1 ? marker.slice(1) : marker.substring(1, comma));
  const names = namesOf(first);
  const { min, max } = widthsOf(width);
  let integer: IntegerPicture | undefined;
  let yearDigits = -1;
  if (names === undefined && component !== '' && 'YMDdFWwXxHhmsf'.includes(component)) {
    integer = readIntegerPicture(modifier === undefined ? first : `${first};${modifier}`);
    if (min !== undefined && (integer.mandatoryDigits as number) < min) integer.mandatoryDigits = min;
    if (component === 'Y') {
      if (max !== undefined) {
        yearDigits = max;
        integer.mandatoryDigits = max;
      } else {
        const digits = (integer.mandatoryDigits ?? Number.NaN) + (integer.optionalDigits ?? Number.NaN);
        if (digits >= 2) yearDigits = digits;
      }
    }
    // With nothing between, only its width tells where the component before ends.
    if (before && 'component' in before && before.integer) before.integer.parseWidth = before.integer.mandatoryDigits;
  }
  if (component === 'Z' || component === 'z') integer = readIntegerPicture(first);
  const maxWidth = width === undefined ? undefined : (max ?? Number.NaN);
  return { component, names, maxWidth, modifier, integer, yearDigits };
}

function presentationOf(component: string, presentation: string): { first: string; modifier: string | undefined } {
  const last = presentation.at(-1);
  if (presentation.length > 1 && last !== undefined && 'atco'.includes(last)) {
    return { first: presentation.slice(0, -1), modifier: last };
  }
  const first = presentation === '' ? DEFAULTS[component] : presentation;
  if (first === undefined) throw { code: 'D3132', value: component } satisfies JsonataError;
  return { first, modifier: undefined };
}

function namesOf(presentation: string): DateComponent['names'] {
  if (presentation[0] === 'n') return 'lower';
  if (presentation[0] !== 'N') return undefined;
  return presentation[1] === 'n' ? 'title' : 'upper';
}

function widthsOf(width: string | undefined): { min: number | undefined; max: number | undefined } {
  if (width === undefined) return { min: undefined, max: undefined };
  const dash = width.indexOf('-');
  return dash === -1
    ? { min: widthOf(width), max: undefined }
    : { min: widthOf(width.slice(0, dash)), max: widthOf(width.slice(dash + 1)) };
}

const widthOf = (text: string): number | undefined => (text === '*' ? undefined : Number.parseInt(text, 10));
