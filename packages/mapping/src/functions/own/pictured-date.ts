import type { Run } from '../../run.ts';
import { readDatePicture } from '../picture/date-picture.ts';
import { type DateValues, dateValuesOf, millisOf } from '../picture/parse-date.ts';
import { cachedPicture } from '../picture/picture-cache.ts';
import type { ReadDate } from './date-notation.ts';

/** Two digits of a year from here on lie in the last century. */
const LAST_CENTURY_FROM = 70;

const tellOf = cachedPicture((picture) => {
  const components = readDatePicture(picture).flatMap((part) => ('component' in part ? [part] : []));
  const has = (letters: string): boolean => components.some(({ component }) => letters.includes(component));
  const year = components.find(({ component }) => component === 'Y');
  return { hasTime: has('HhPmsf'), hasZone: has('Zz'), isShortYear: year !== undefined && year.yearDigits === 2 };
});

/** Reads a text by one of JSONata's date pictures; undefined where it is not written so. A year of two digits lies from 1970 to 2069. */
export function readPicturedDate(run: Run, text: string, picture: string): ReadDate | undefined {
  const { hasTime, hasZone, isShortYear } = tellOf(run, picture);
  const values = dateValuesOf(run, text, picture);
  if (values === undefined) return undefined;
  if (isShortYear && values.Y !== undefined) values.Y += values.Y < LAST_CENTURY_FROM ? 2000 : 1900;
  if (!isPossible(values)) return { noSuchDate: true };
  const moment = millisOf(values, run.nowMs);
  if (Number.isNaN(moment)) return { noSuchDate: true };
  if (!hasTime) return { day: moment };
  return hasZone ? { moment } : { local: moment };
}

const MOST: Readonly<Record<string, number>> = { M: 12, d: 366, H: 24, h: 12, m: 59, s: 60 };

/** A date that does not exist would become one of the next month. */
function isPossible(values: DateValues): boolean {
  for (const [component, most] of Object.entries(MOST)) {
    const value = values[component];
    if (component in values && !(value !== undefined && value <= most)) return false;
  }
  // February has 29 days where the year is not told.
  return values.D === undefined || values.D <= new Date(Date.UTC(values.Y ?? 2000, values.M ?? 1, 0)).getUTCDate();
}
