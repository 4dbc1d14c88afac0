import { describe, expect, it } from 'vitest';
import { cronProblem } from './cron.ts';
import { timeZoneProblem } from './time-zone.ts';

describe('cronProblem', () => {
  it.each([
    '* * * * *',
    '*/15 6-18 * * 1-5',
    '0 6 1,15 JAN-JUN MON',
    '0 0 L * *',
    '0 9 * * MON#1',
    '*/10 * * * * *',
    '0 0 29 2 *',
    ' 0  6 * * 7 ',
  ])('takes %s', (cron) => {
    expect(cronProblem(cron)).toBeUndefined();
  });

  it.each([
    ['', /^must have five fields/],
    ['often', /^must have five fields/],
    ['@daily', /^must have five fields/],
    ['* * * *', /^must have five fields/],
    ['0 0 0 1 1 * 2027', /^must have five fields/],
    ['60 * * * *', /^has "60" as minute: 0 to 59 can stand there/],
    ['0 24 * * *', /^has "24" as hour: 0 to 23 /],
    ['0 0 32 * *', /^has "32" as day of the month: 1 to 31/],
    ['0 0 * 13 *', /^has "13" as month: 1 to 12 or JAN to DEC/],
    ['0 0 * * FRIDAY', /^has "FRIDAY" as day of the week: /],
    ['90 0 0 * * *', /^has "90" as second: /],
    ['5-1 * * * *', /^has "5-1" as minute/],
    ['*/0 * * * *', /^has "\*\/0" as minute/],
    ['0 0 30 2 *', /^names a day that never comes$/],
    ['0 0 31 4,6 *', /^names a day that never comes$/],
  ])('says what is wrong with %s', (cron, problem) => {
    expect(cronProblem(cron)).toMatch(problem);
  });
});

describe('timeZoneProblem', () => {
  it('takes IANA names only', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])
      expect(timeZoneProblem(zone)).toBeUndefined();
    for (const zone of ['', 'Berlin', '+02:00', 'Europe/Atlantis'])
      expect(timeZoneProblem(zone)).toMatch(/must be an IANA time zone/);
  });
});
