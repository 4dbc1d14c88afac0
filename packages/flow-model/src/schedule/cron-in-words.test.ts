import { expect, test } from 'vitest';
import { cronInWords } from './cron-in-words.ts';

test.each([
  ['* * * * *', 'every minute'],
  ['* * * * * *', 'every second'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['*/10 * * * * *', 'every 10 seconds'],
  ['0 * * * *', 'every hour'],
  ['20 * * * *', 'every hour at minute 20'],
  ['0 */2 * * *', 'every 2 hours'],
  ['5 */6 * * *', 'every 6 hours at minute 5'],
  ['0 6 * * *', 'every day at 06:00'],
  ['30 6,12,18 * * *', 'every day at 06:30, 12:30 and 18:30'],
  ['0 6 * * 1-5', 'every weekday at 06:00'],
  ['0 6 * * mon-fri', 'every weekday at 06:00'],
  ['0 6 * * 1', 'every Monday at 06:00'],
  ['0 6 * * SAT,0', 'every Saturday and Sunday at 06:00'],
  ['0 22 L * *', 'on the last day of every month at 22:00'],
  ['0 0 1 * *', 'on the 1st of every month at 00:00'],
  ['0 0 22 * *', 'on the 22nd of every month at 00:00'],
  ['0 0 12 DEC *', 'on the 12th of December at 00:00'],
  ['0 0 31 1 *', 'on the 31st of January at 00:00'],
])('%s is %s', (cron, words) => {
  expect(cronInWords(cron)).toBe(words);
});

test.each([
  '*/7 * * * *',
  '0 */5 * * *',
  '0 6 1 * 1',
  '0-10 6 * * *',
  '30 0 6 * * *',
  '0 9 * * MON#1',
  '0 6 1 */3 *',
  'often',
])('%s is no clearer in words', (cron) => {
  expect(cronInWords(cron)).toBeUndefined();
});
