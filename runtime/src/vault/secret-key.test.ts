import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadOrCreateSecretKey } from './index.ts';

const folder = () => mkdtemp(join(tmpdir(), 'crossdock-key-'));

test('makes a key that only its owner can read, once', async () => {
  const dir = await folder();
  const [first, second] = await Promise.all([loadOrCreateSecretKey(dir), loadOrCreateSecretKey(dir)]);
  expect(first.length).toBe(32);
  expect(await loadOrCreateSecretKey(dir)).toEqual(first);
  expect(second).toEqual(first);
  expect((await stat(join(dir, 'secret.key'))).mode & 0o777).toBe(0o400);
});

test('the given key wins and leaves no file', async () => {
  const dir = await folder();
  const given = new Uint8Array(32).fill(1);
  expect(await loadOrCreateSecretKey(dir, given)).toBe(given);
  await expect(stat(join(dir, 'secret.key'))).rejects.toThrow('ENOENT');
});

test('a damaged key file is named and never replaced', async () => {
  const dir = await folder();
  await writeFile(join(dir, 'secret.key'), 'short');
  await expect(loadOrCreateSecretKey(dir)).rejects.toThrow(/secret\.key/);
});
