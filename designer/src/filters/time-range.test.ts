import { expect, test } from 'vitest';
import { timeBounds, validateTimeSearch } from './time-range.ts';

const now = Date.parse('2026-11-23T12:00:42.123Z');

test('a preset range is counted back from now, to the minute, so that one address is one list', () => {
  expect(timeBounds({ range: '1h' }, now)).toEqual({ from: '2026-11-23T11:00:00.000Z' });
});

test('chosen times win over a range', () => {
  expect(timeBounds({ range: '1h', from: '2026-11-01T00:00:00.000Z' }, now)).toEqual({
    from: '2026-11-01T00:00:00.000Z',
  });
  expect(timeBounds({ range: '1h', to: '2026-11-01T00:00:00.000Z' }, now)).toEqual({ to: '2026-11-01T00:00:00.000Z' });
});

test('an address says nothing that is not known', () => {
  expect(validateTimeSearch({ range: 'century', from: '', to: '2026-11-01T00:00:00.000Z' })).toEqual({
    to: '2026-11-01T00:00:00.000Z',
  });
});
