import { describe, expect, test } from 'vitest';
import { shareCostly } from './share-costly.ts';

describe('something costly', () => {
  let now = 0;
  let made = 0;
  const took = (ms: number) => async () => {
    now += ms;
    return ++made;
  };

  test('is made once for those who ask meanwhile and soon after, by name', async () => {
    [now, made] = [0, 0];
    const shared = shareCostly(took(200), () => now);
    expect(await Promise.all([shared('prod'), shared('prod')])).toEqual([1, 1]);
    now += 999;
    expect(await shared('prod')).toBe(1);
    expect(await shared('dev')).toBe(2);
    now += 1;
    expect(await shared('prod')).toBe(3);
  });

  test('is not kept where it costs nothing, nor for long where it costs much', async () => {
    [now, made] = [0, 0];
    const cheap = shareCostly(took(0), () => now);
    expect([await cheap('a'), await cheap('a')]).toEqual([1, 2]);
    const dear = shareCostly(took(60_000), () => now);
    await dear('a');
    now += 9_999;
    expect(await dear('a')).toBe(3);
    now += 1;
    expect(await dear('a')).toBe(4);
  });

  test('is made anew when it failed', async () => {
    let isAway = true;
    const shared = shareCostly(async () => {
      if (isAway) throw new Error('away');
      return 'there';
    });
    await expect(shared('a')).rejects.toThrow('away');
    isAway = false;
    expect(await shared('a')).toBe('there');
  });
});
