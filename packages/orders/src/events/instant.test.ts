import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOf } from './instant.ts';

it('reads times as Date.parse does', () => {
  const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(date, (at) => {
      const iso = at.toISOString();
      expect(instantOf(iso)).toBe(at.getTime());
      expect(instantOf(iso.replace(/\.\d+/, ''))).toBe(Math.floor(at.getTime() / 1000) * 1000);
    }),
  );
});

it.each([
  '2026-11-23T09:14:03.5Z',
  '2026-11-23T09:14:03+02:00',
  '2026-11-23T09:14:03.25-05:00',
  '2026-11-23T09:14:03.123456Z',
  '2026-02-30T09:14:03Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T09:61:03Z',
  '2026-11-23T0a:14:03Z',
  '2026-11-23 09:14:03Z',
  '2026-11-23T09-14-03Z',
  'soon, as they say, Z',
])('reads %s as Date.parse does', (time) => {
  expect(instantOf(time)).toBe(Date.parse(time));
});
