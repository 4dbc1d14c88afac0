import { cronFields } from './cron.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const DAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** A common cron expression in words: `every weekday at 06:00`, `every 15 minutes`. Undefined for one that words would not make clearer. */
export function cronInWords(cron: string): string | undefined {
  const [second, minute = '', hour = '', day = '', month = '', weekday = ''] = cronFields(cron) ?? [];
  if (second === undefined) return undefined;
  const interval = day === '*' && month === '*' && weekday === '*' ? intervalOf(second, minute, hour) : undefined;
  if (interval !== undefined) return interval;
  const times = second === '0' ? timesOf(minute, hour) : undefined;
  const days = daysOf(day, month, weekday);
  return times && days ? `${days} at ${times}` : undefined;
}

function intervalOf(second: string, minute: string, hour: string): string | undefined {
  if (minute === '*' && hour === '*') return everyOf(second, 'second') ?? (second === '0' ? 'every minute' : undefined);
  if (second !== '0') return undefined;
  if (hour === '*') return everyOf(minute, 'minute') ?? hourlyAt(minute, 'every hour');
  const hours = everyOf(hour, 'hour');
  return hours && hourlyAt(minute, hours);
}

function everyOf(field: string, unit: string): string | undefined {
  if (field === '*') return `every ${unit}`;
  const step = /^\*\/(\d+)$/.exec(field)?.[1];
  // A step that does not divide the hour or day starts anew with it: words would promise too much.
  const whole = unit === 'hour' ? 24 : 60;
  if (step === undefined || whole % Number(step) !== 0) return undefined;
  return step === '1' ? `every ${unit}` : `every ${step} ${unit}s`;
}

function hourlyAt(minute: string, hours: string): string | undefined {
  if (!/^\d+$/.test(minute)) return undefined;
  return Number(minute) === 0 ? hours : `${hours} at minute ${Number(minute)}`;
}

function timesOf(minute: string, hour: string): string | undefined {
  if (!/^\d+$/.test(minute) || !/^\d+(,\d+){0,3}$/.test(hour)) return undefined;
  return listed(hour.split(',').map((one) => `${one.padStart(2, '0')}:${minute.padStart(2, '0')}`));
}

function daysOf(day: string, month: string, weekday: string): string | undefined {
  if (day === '*' && month === '*') return weekday === '*' ? 'every day' : weekdaysOf(weekday);
  if (weekday !== '*') return undefined;
  const date = day === 'L' ? 'the last day' : /^\d+$/.test(day) ? `the ${ordinal(Number(day))}` : undefined;
  if (date === undefined) return undefined;
  if (month === '*') return `on ${date} of every month`;
  const name = MONTHS[/^\d+$/.test(month) ? Number(month) - 1 : MONTHS.findIndex((one) => isShort(one, month))];
  return name && `on ${date} of ${name}`;
}

function weekdaysOf(field: string): string | undefined {
  const upper = field.toUpperCase();
  if (upper === '1-5' || upper === 'MON-FRI') return 'every weekday';
  const days = upper.split(',').map((one) => DAYS[/^\d$/.test(one) ? Number(one) : DAY_NAMES.indexOf(one)]);
  return days.every((day) => day !== undefined) ? `every ${listed(days)}` : undefined;
}

const isShort = (name: string, short: string): boolean => name.slice(0, 3).toUpperCase() === short.toUpperCase();

function ordinal(number: number): string {
  const ending = number % 100 >= 11 && number % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
