// After JSONata 2.2.2 (MIT, © IBM Corp.).
import { LinearRegex } from '../../regex/index.ts';
import type { JsonataError, Run } from '../../run.ts';
import { componentValue } from './date-component.ts';
import { type DateReader, readerOf } from './date-reader.ts';
import { cachedPicture } from './picture-cache.ts';

const dateReaderOf = cachedPicture(readerOf);

/** As much backtracking as takes no time. */
const MAX_BACKTRACKING = 1_000_000;

/** What a text says of a date, by the letters of the picture; a name that is none gives undefined. */
export type DateValues = Record<string, number | undefined>;

/** Reads a text written as the picture says; undefined where it is not written so. Throws `D3130` to `D3135`. */
export function dateValuesOf(run: Run, text: string, picture: string): DateValues | undefined {
  const reader = dateReaderOf(run, picture);
  const found = searcherFor(run, reader, text).exec(text);
  if (found === null) return undefined;
  const values: DateValues = {};
  reader.parts.forEach(({ component, read }, at) => {
    if (component !== undefined && read !== undefined) values[component] = read(found[at + 1] as string);
  });
  return Object.keys(values).length === 0 ? undefined : values;
}

/** The milliseconds since 1970 that a text written as the picture says means; undefined where it is not written so. Throws `D3130` to `D3136`. */
export function parsedDate(run: Run, text: string, picture: string): number | undefined {
  const values = dateValuesOf(run, text, picture);
  return values && millisOf(values, run.nowMs);
}

function searcherFor(
  run: Run,
  { pattern, exponent }: DateReader,
  text: string,
): { exec(text: string): RegExpExecArray | null } {
  return text.length ** exponent <= MAX_BACKTRACKING ? pattern : new LinearRegex(pattern, (steps) => run.spend(steps));
}

/** Which components a date and a time can be made of; the first that fits all given ones is taken. */
function componentsFor(values: DateValues): { date: string; time: string } {
  const fits = (all: string, allowed: string): boolean => {
    const given = [...all].filter((component) => values[component]);
    return given.length > 0 && given.every((component) => allowed.includes(component));
  };
  const fitsDate = (allowed: string) => fits('YXMxWwdD', allowed);
  const fitsTime = (allowed: string) => fits('PHhmsf', allowed);
  const date = fitsDate('YMD')
    ? 'YMD'
    : fitsDate('Yd')
      ? 'Yd'
      : fitsDate('XxwF')
        ? 'XxwF'
        : fitsDate('XWF')
          ? 'XWF'
          : 'YMD';
  return { date, time: !fitsTime('Hmsf') && fitsTime('Phmsf') ? 'Phmsf' : 'Hmsf' };
}

/** What values mean; those not given are filled in. Throws `D3136` where some between are missing. */
export function millisOf(values: DateValues, nowMs: number): number {
  const { date, time } = componentsFor(values);
  complete(values, `${date === 'Yd' ? 'YD' : date}${time}`, new Date(nowMs));
  const month = values.M !== undefined && values.M > 0 ? values.M - 1 : 0;
  // Weeks are not supported.
  if (date === 'XxwF' || date === 'XWF') throw { code: 'D3136' } satisfies JsonataError;
  let [monthAt, day] = [month, values.D];
  if (date === 'Yd') {
    const found = new Date(Date.UTC(values.Y as number, 0) + ((values.d as number) - 1) * 86_400_000);
    [monthAt, day] = [found.getUTCMonth(), found.getUTCDate()];
  }
  let hours = values.H;
  if (time === 'Phmsf') hours = (values.h === 12 ? 0 : (values.h as number)) + (values.P === 1 ? 12 : 0);
  const { Y, m, s, f } = values as Record<string, number>;
  const millis = Date.UTC(Y as number, monthAt, day as number, hours as number, m, s, f);
  const zone = values.Z || values.z;
  return zone ? millis - zone * 60_000 : millis;
}

/**
 * Fills in what was not given: from now what is more significant than all given, with the least there is what is less. Throws `D3136` for a
 * gap between.
 */
function complete(values: DateValues, components: string, now: Date): void {
  let started = false;
  let ended = false;
  for (const component of components) {
    if (values[component] !== undefined) {
      started = true;
      if (ended) throw { code: 'D3136' } satisfies JsonataError;
    } else if (started) {
      values[component] = 'MDd'.includes(component) ? 1 : 0;
      ended = true;
    } else {
      values[component] = componentValue(now, component) as number;
    }
  }
}
