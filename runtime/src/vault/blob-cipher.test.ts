import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createBlobCipher } from './index.ts';

const cipher = createBlobCipher(randomBytes(32));

describe('the cipher of blobs', () => {
  test('gives back what it sealed, and shows nothing of it', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('<order>ada@example.com</order>'), randomBytes(100_000)]) {
      const sealed = cipher.seal(bytes);
      expect(Buffer.from(sealed).includes('ada@example.com')).toBe(false);
      expect(Buffer.from(cipher.open(sealed))).toEqual(bytes);
    }
  });

  test('leaves alone what was stored in clear before', () => {
    for (const bytes of [Buffer.from('{"a":1}'), Buffer.alloc(0), Buffer.from([0, 1, 2])])
      expect(cipher.open(bytes)).toBe(bytes);
  });

  test('refuses what was changed, and what another key sealed', () => {
    const sealed = Buffer.from(cipher.seal(Buffer.from('an order')));
    const changed = Buffer.from(sealed);
    changed[changed.length - 1]! ^= 1;
    const invalid = expect.objectContaining({ code: 'CONFIG_INVALID' });
    expect(() => cipher.open(changed)).toThrowError(invalid);
    expect(() => createBlobCipher(randomBytes(32)).open(sealed)).toThrowError(invalid);
  });
});
