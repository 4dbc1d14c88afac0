import { expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';

it('sleeps as long as it is told to', async () => {
  const start = systemClock.now();
  await systemClock.sleep(30, new AbortController().signal);
  expect(systemClock.now() - start).toBeGreaterThanOrEqual(29);
});

it('wakes at once with the reason of an abort, also of one that came before', async () => {
  const stop = new AbortController();
  const sleeping = systemClock.sleep(60_000, stop.signal);
  stop.abort('enough');
  await expect(sleeping).rejects.toBe('enough');
  await expect(systemClock.sleep(60_000, stop.signal)).rejects.toBe('enough');
});
