import { expect, test } from 'vitest';
import type { OdooConnection } from './odoo-connection.ts';
import { atPace } from './pace.ts';

const connection = (settings: object): OdooConnection =>
  ({ memory: new Map(), settings: { url: 'http://127.0.0.1', ...settings } }) as unknown as OdooConnection;
const never = new AbortController().signal;

test('no more calls are made at once than may be, in the order in which they came', async () => {
  const one = connection({ callsPerSecond: 1000, callsAtOnce: 2 });
  const began: number[] = [];
  let [running, most] = [0, 0];
  await Promise.all(
    [1, 2, 3, 4, 5].map((nth) =>
      atPace(one, never, async () => {
        began.push(nth);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running--;
      }),
    ),
  );
  expect([most, began]).toEqual([2, [1, 2, 3, 4, 5]]);
});

test('after a second’s worth of calls the next ones wait', async () => {
  const one = connection({ callsPerSecond: 20, callsAtOnce: 100 });
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 26 }, () => atPace(one, never, async () => undefined)));
  expect(performance.now() - startedAt).toBeGreaterThan(200);
});

test('who waits no longer leaves the queue, and a call that fails gives its place back', async () => {
  const one = connection({ callsPerSecond: 1000, callsAtOnce: 1 });
  let release: () => void = () => undefined;
  const first = atPace(one, never, () => new Promise<void>((_, reject) => (release = () => reject(new Error('gone')))));
  const impatient = new AbortController();
  const second = atPace(one, impatient.signal, async () => 'second');
  const third = atPace(one, never, async () => 'third');
  impatient.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  release();
  await expect(first).rejects.toThrow('gone');
  expect(await third).toBe('third');
});
