import type { JsonataError, NativeFunction, Run } from '../../run.ts';
import { walk } from '../text-work.ts';
import { type ReadDate, readDate } from './date-notation.ts';
import { readPicturedDate } from './pictured-date.ts';
import { momentInZone } from './time-zone.ts';

export const isoDateFunctions: readonly NativeFunction[] = [
  { name: 'isoDate', signature: '<(sn)-o?:s>', params: ['value', 'options'], call: isoDate },
];

/** Longer texts are no dates. */
const COST_PER_CHARACTER = 10_000;

const DAY_LENGTH = 'YYYY-MM-DD'.length;

function isoDate(run: Run, args: readonly unknown[]): unknown {
  const [value, options = {}] = args as [string | number | undefined, Record<string, unknown> | undefined];
  if (value === undefined) return undefined;
  const { format, zone } = checkedOptions(options);
  const text = String(value);
  run.checkString(text.length * COST_PER_CHARACTER);
  walk(run, text.length);
  // Reading a zone's clocks takes some microseconds.
  run.spend(10);
  return isoText(format === undefined ? readDate(value) : readPicturedDate(run, text, format), value, zone);
}

function checkedOptions(options: Readonly<Record<string, unknown>>): {
  readonly format: string | undefined;
  readonly zone: string | undefined;
} {
  for (const [name, option] of Object.entries(options)) {
    if ((name === 'format' || name === 'zone') && (option === undefined || typeof option === 'string')) continue;
    const message = 'the options of $isoDate are "format" and "zone", both texts';
    throw { code: 'D4043', value: name, index: 2, message } satisfies JsonataError;
  }
  return options as { format: string | undefined; zone: string | undefined };
}

function isoText(read: ReadDate | undefined, value: string | number, zone: string | undefined): string {
  if (read === undefined)
    throw fault('D4040', value, 'it is not written as a date that can be told: state its "format"');
  if ('ambiguous' in read) throw fault('D4041', value, `${read.ambiguous}: state the "format"`);
  if ('noSuchDate' in read) throw fault('D4042', value, 'there is no such date');
  if ('day' in read) return new Date(read.day).toISOString().slice(0, DAY_LENGTH);
  if ('moment' in read) return new Date(read.moment).toISOString();
  if (zone === undefined) throw fault('D4044', value, 'it has a time but no zone: state the "zone" that is meant');
  return new Date(momentInZone(read.local, zone)).toISOString();
}

function fault(code: string, value: string | number, message: string): JsonataError {
  return { code, value, index: 1, message };
}
