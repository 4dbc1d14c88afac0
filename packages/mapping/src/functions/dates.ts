import type { JsonataError, NativeFunction, Run } from '../run.ts';
import { formattedDate } from './picture/format-date.ts';
import { parsedDate } from './picture/parse-date.ts';
import { walk } from './text-work.ts';

export const dateFunctions: readonly NativeFunction[] = [
  { name: 'now', signature: '<s?s?:s>', params: ['picture', 'timezone'], call: now },
  { name: 'millis', signature: '<:n>', params: [], call: (run) => run.nowMs },
  { name: 'toMillis', signature: '<s-s?:n>', params: ['timestamp', 'picture'], call: toMillis },
  { name: 'fromMillis', signature: '<n-s?s?:s>', params: ['millis', 'picture', 'timezone'], call: fromMillis },
];

function now(run: Run, args: readonly unknown[]): unknown {
  return formattedDate(run, run.nowMs, args[0] as string | undefined, args[1] as string | undefined);
}

function fromMillis(run: Run, args: readonly unknown[]): unknown {
  const [millis, picture, timezone] = args as [number | undefined, string | undefined, string | undefined];
  return millis === undefined ? undefined : formattedDate(run, millis, picture, timezone);
}

const ISO_DATE = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/;

function toMillis(run: Run, args: readonly unknown[]): unknown {
  const [timestamp, picture] = args as [string | undefined, string | undefined];
  if (timestamp === undefined) return undefined;
  walk(run, timestamp.length);
  if (picture !== undefined) return parsedDate(run, timestamp, picture);
  if (!ISO_DATE.test(timestamp)) throw { code: 'D3110', value: timestamp } satisfies JsonataError;
  return Date.parse(timestamp);
}
