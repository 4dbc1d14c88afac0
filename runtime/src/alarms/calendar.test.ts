import { expect, test } from 'vitest';
import { isOpenAt, isTimeZone, openForMs } from './calendar.ts';

const office = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };
const HOUR = 3_600_000;

test('a calendar is open on its days between its hours, in its own zone', () => {
  // A Monday; Berlin is an hour ahead of UTC in winter.
  expect(isOpenAt(office, Date.parse('2026-11-30T07:00:00Z'))).toBe(true);
  expect(isOpenAt(office, Date.parse('2026-11-30T06:59:00Z'))).toBe(false);
  expect(isOpenAt(office, Date.parse('2026-11-30T17:00:00Z'))).toBe(false);
  expect(isOpenAt(office, Date.parse('2026-11-29T10:00:00Z'))).toBe(false);
});

test('hours over midnight belong to the day they begin on', () => {
  const night = { ...office, days: [5], from: '22:00', to: '04:00', timeZone: 'UTC' };
  expect(isOpenAt(night, Date.parse('2026-11-27T23:00:00Z'))).toBe(true);
  expect(isOpenAt(night, Date.parse('2026-11-28T03:00:00Z'))).toBe(true);
  expect(isOpenAt(night, Date.parse('2026-11-28T23:00:00Z'))).toBe(false);
});

test('silence counts from when the calendar opened', () => {
  expect(openForMs(office, Date.parse('2026-11-30T09:30:00Z'), 12 * HOUR)).toBeGreaterThan(2.4 * HOUR);
  expect(openForMs(office, Date.parse('2026-11-30T09:30:00Z'), 12 * HOUR)).toBeLessThan(2.6 * HOUR);
  expect(openForMs(office, Date.parse('2026-11-29T09:30:00Z'), 12 * HOUR)).toBe(0);
  expect(openForMs(undefined, 0, HOUR)).toBe(HOUR);
});

test('a zone that nobody knows is told apart', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true);
  expect(isTimeZone('Europe/Nowhere')).toBe(false);
});
