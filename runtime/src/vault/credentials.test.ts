import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CredentialOwner, openCredentials, openKeyRing, rewrapCredentials, sealCredentials } from './index.ts';

const oldKey = new Uint8Array(32).fill(7);
const newKey = new Uint8Array(32).fill(8);
const ring = openKeyRing(oldKey);
const owner: CredentialOwner = {
  env: 'dev',
  id: '5f0c1c7e-6b1f-4b53-9f2b-2f3d7c1a0e11',
  name: 'erp',
  type: 'http',
  hosts: ['https://erp.example.com', 'https://files.example.com'],
};
const credentials = { password: 'canary-4711', token: 'ключ' };
const sealed = sealCredentials(ring, owner, credentials);
const unreadable = expect.objectContaining({ code: 'CONFIG_CREDENTIALS_UNREADABLE' });

describe('sealed credentials', () => {
  test('open to exactly what went in, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' })), (given) => {
        const rested = JSON.parse(JSON.stringify(sealCredentials(ring, owner, given)));
        expect(openCredentials(ring, owner, rested)).toEqual({ ...given });
      }),
      { numRuns: 50 },
    );
  });

  test('hold nothing of the values in clear, and differ each time', () => {
    const text = JSON.stringify(sealed);
    for (const value of Object.values(credentials)) {
      expect(text).not.toContain(value);
      expect(text).not.toContain(Buffer.from(value).toString('base64'));
    }
    expect(sealCredentials(ring, owner, credentials).fields.password).not.toBe(sealed.fields.password);
  });

  test.each([
    ['in another environment', { env: 'prod' }],
    ['for another connection', { id: '5f0c1c7e-6b1f-4b53-9f2b-2f3d7c1a0e12' }],
    ['for another type', { type: 'smtp' }],
    ['for another host', { hosts: ['https://evil.example.com', 'https://files.example.com'] }],
    ['for a host more', { hosts: [...owner.hosts, 'https://evil.example.com'] }],
    ['for a host less', { hosts: owner.hosts.slice(1) }],
  ])('do not open %s', (_what, change) => {
    expect(() => openCredentials(ring, { ...owner, ...change }, sealed)).toThrowError(unreadable);
  });

  test('do not open when one byte was changed, or when fields change places', () => {
    const flipped = (text: string, at: number) => {
      const bytes = Buffer.from(text, 'base64');
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    for (let at = 0; at < Buffer.from(sealed.wrappedKey, 'base64').length; at++)
      expect(() =>
        openCredentials(ring, owner, { ...sealed, wrappedKey: flipped(sealed.wrappedKey, at) }),
      ).toThrowError(unreadable);
    const { password = '', token = '' } = sealed.fields;
    for (let at = 0; at < Buffer.from(password, 'base64').length; at++)
      expect(() =>
        openCredentials(ring, owner, { ...sealed, fields: { password: flipped(password, at) } }),
      ).toThrowError(unreadable);
    expect(() =>
      openCredentials(ring, owner, { ...sealed, fields: { password: token, token: password } }),
    ).toThrowError(unreadable);
    expect(() => openCredentials(ring, owner, { ...sealed, wrappedKey: '' })).toThrowError(unreadable);
  });

  test('the error names connection and environment, and no value', () => {
    try {
      openCredentials(openKeyRing(newKey), owner, sealed);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain('"erp" in dev');
      expect(JSON.stringify(error)).not.toContain('canary');
    }
  });
});

describe('a change of the key', () => {
  const both = openKeyRing(newKey, [oldKey]);

  test('wraps the data key anew and leaves the fields as they are', () => {
    const rewrapped = rewrapCredentials(both, owner, sealed);
    expect(rewrapped.fields).toEqual(sealed.fields);
    expect(rewrapped.keyId).toBe(both.current.id);
    expect(openCredentials(openKeyRing(newKey), owner, rewrapped)).toEqual(credentials);
    expect(() => openCredentials(ring, owner, rewrapped)).toThrowError(unreadable);
    expect(rewrapCredentials(both, owner, rewrapped)).toBe(rewrapped);
  });

  test('the old form opens while the old key is there', () => {
    expect(openCredentials(both, owner, sealed)).toEqual(credentials);
    expect(() => rewrapCredentials(openKeyRing(newKey), owner, sealed)).toThrowError(unreadable);
  });
});
