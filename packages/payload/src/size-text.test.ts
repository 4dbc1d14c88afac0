import { expect, test } from 'vitest';
import { sizeText } from './size-text.ts';

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [1024, '1.0 KiB'],
  [42_300, '41.3 KiB'],
  [1024 ** 2 - 1, '1.0 MiB'],
  [1_500_000, '1.4 MiB'],
  [3 * 1024 ** 3, '3.0 GiB'],
  [5000 * 1024 ** 4, '5000.0 TiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
