import { describe, expect, test } from 'vitest';
import { formatDuration, formatRelative } from './format.ts';

const now = Date.parse('2026-11-23T15:00:00.000Z');
const ago = (ms: number) => formatRelative(new Date(now - ms).toISOString(), now);

describe('times', () => {
  test('are said relative to now while they are near', () => {
    expect(ago(500)).toBe('just now');
    expect(ago(12_400)).toBe('12 s ago');
    expect(ago(3 * 60_000)).toBe('3 min ago');
    expect(ago(5 * 3_600_000)).toBe('5 h ago');
    expect(ago(-4 * 60_000)).toBe('in 4 min');
  });

  test('become dates after a day, with the year when it is another', () => {
    expect(ago(3 * 86_400_000)).toMatch(/^20 Nov, \d\d:\d\d$/);
    expect(ago(400 * 86_400_000)).toMatch(/2025, \d\d:\d\d$/);
  });
});

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [0.4, '<1 ms'],
    [8.2, '8 ms'],
    [1_240, '1.24 s'],
    [4_000, '4 s'],
    [42_300, '42.3 s'],
    [125_000, '2 min 5 s'],
    [120_000, '2 min'],
    [11_520_000, '3 h 12 min'],
    [90_000_000, '1 d 1 h'],
  ])('%d ms is said as %s', (ms, said) => {
    expect(formatDuration(ms)).toBe(said);
  });
});
