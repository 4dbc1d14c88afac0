import { isFlowError } from '@crossdock/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openVault } from './index.ts';

const secretKey = new Uint8Array(32).fill(7);
const vault = openVault({ secretKey });
const order = { email: 'ada@example.com', lines: [{ sku: 'A-1', note: 'for ada@example.com' }], total: 408 };

describe('vault', () => {
  test('opening what was sealed gives back exactly what went in', () => {
    const masks = fc.subarray(['a', 'b.c', '**.a', '*', 'list.*', 'b']);
    const payload = fc.jsonValue().map((value) => ({ a: value, b: { c: value, d: 'kept' }, list: [value, 'text'] }));
    fc.assert(
      fc.property(payload, masks, (value, mask) => {
        const sealed = vault.seal(value, { env: 'dev', mask });
        expect(vault.open(JSON.parse(JSON.stringify(sealed)), { env: 'dev' })).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  test('what a cut left of a masked value is dots, too', () => {
    const context = { env: 'dev', executionId: 'cut' };
    vault.seal({ email: 'ada@example.com' }, { ...context, mask: ['email'] });
    expect(vault.redact('it said: ada@exam…', context)).toBe('it said: •••…');
    expect(vault.redact('ada@exam or ada@…', context)).toBe('ada@exam or ada@…');
    expect(vault.redact('ada@exam', context)).toBe('ada@exam');
  });

  test('a masked value is in clear nowhere in the payload, neither under another name', () => {
    const sealed = vault.seal({ ...order, copy: { mail: 'ada@example.com' } }, { env: 'dev', mask: ['email'] });
    const text = JSON.stringify(sealed);
    expect(text).not.toContain('ada@example.com');
    expect(text).toContain('"$shown":"for •••"');
    expect(text).toContain('A-1');
  });

  test('a masked value inside of other texts, names and numbers is sealed, however it is written there', () => {
    const value = 'Zoë "Q" O\'Hara+1/ü';
    const base64 = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${value} after`).toString('base64'));
    const payload = {
      masked: { name: value, id: 47114711 },
      texts: [`Dear ${value.toUpperCase()}!`, JSON.stringify({ a: value }), encodeURIComponent(value), ...base64],
      form: new URLSearchParams({ a: value }).toString(),
      xml: '<n>Zoë &quot;Q&quot; O&apos;Hara+1/ü</n>',
      ids: ['no. 47114711', '47114711', 47114711, [47114711]],
      named: { [value]: { masked: { deep: { id: 'other' } } } },
      plain: 'Zoë',
    };
    const context = { env: 'dev', executionId: 'forms', mask: ['masked.name', 'masked.id', '**.deep'] };
    const sealed = vault.seal(payload, context);
    const text = JSON.stringify(sealed);
    for (const part of ['Hara', 'HARA', '47114711', 'other', ...base64.map((one) => one.slice(4, 20))])
      expect(text).not.toContain(part);
    expect(text).toContain('"plain":"Zoë"');
    expect(vault.open(JSON.parse(text), { env: 'dev' })).toEqual(payload);
    expect(vault.redact(`no ${value} at 47114711 here`, { env: 'dev', executionId: 'forms' })).toBe(
      'no ••• at ••• here',
    );
  });

  test('thousands of masked values are found as one is', () => {
    const phones = Array.from({ length: 1500 }, (_, no) => ({ phone: `+49 30 ${900000 + no}` }));
    const sealed = vault.seal({ phones, note: 'call +49 30 901234 now' }, { env: 'dev', mask: ['phones.phone'] });
    // Sealed texts are in base64, which has `+49` now and then by itself.
    expect(JSON.stringify(sealed)).not.toContain('+49 30');
  });

  test('more masked values than are looked for one by one make every text and number of the execution one', () => {
    const context = { env: 'dev', executionId: 'many' };
    const phones = Array.from({ length: 3000 }, (_, no) => ({ phone: `+49 30 ${900000 + no}` }));
    vault.seal({ phones }, { ...context, mask: ['phones.phone'] });
    const payload = {
      call: '+49 30 902999',
      notes: [`call ${phones[2500]!.phone} now`, 'hi'],
      [phones[2700]!.phone]: { x: 1 },
      total: 40_800,
      isPaid: true,
    };
    const sealed = vault.seal(payload, { ...context, mask: [] });
    const text = JSON.stringify(sealed);
    for (const part of ['902999', '902500', '902700', '40800']) expect(text).not.toContain(part);
    expect(vault.open(JSON.parse(text), { env: 'dev' })).toEqual(payload);
    const error = { code: 'REMOTE_REJECTED', message: `no +49 30 902999`, cause: { code: 'DATA_KEY', message: 'x' } };
    expect(vault.redact(error, context)).toEqual({ ...error, message: '•••' });
  });

  test('the masked values that one execution has met are sealed in another that is given them', () => {
    const given = (executionId: string) => ({ env: 'dev', executionId });
    vault.seal(order, { ...given('parent'), mask: ['email'] });
    const met = JSON.parse(JSON.stringify(vault.met(given('parent'))));
    expect(JSON.stringify(met)).not.toContain('ada@');
    const worker = openVault({ secretKey });
    expect(worker.met(given('child'))).toBeUndefined();
    worker.open(met, given('child'));
    expect(JSON.stringify(worker.seal({ mail: order.email }, { ...given('child'), mask: [] }))).not.toContain('ada@');
  });

  test('a value masked in one payload of an execution is sealed in its later ones, not in other executions', () => {
    const stored = vault.seal(order, { env: 'dev', mask: ['email'], executionId: 'x1' });
    const worker = openVault({ secretKey });
    worker.open(stored, { env: 'dev', executionId: 'x1' });
    const mapped = { customer: 'ada@example.com' };
    expect(worker.seal(mapped, { env: 'dev', mask: ['email'], executionId: 'x1' })).not.toEqual(mapped);
    expect(worker.seal(mapped, { env: 'dev', mask: ['email'], executionId: 'x2' })).toEqual(mapped);
  });

  test('what a sender made to look sealed comes back as it came', () => {
    const odd = { x: { $sealed: 'AAAA' } };
    const sealed = vault.seal(odd, { env: 'dev', mask: [] });
    expect(vault.open(sealed, { env: 'dev' })).toEqual(odd);
  });

  test('a value sealed in one environment does not open in another or with another key', () => {
    const sealed = vault.seal(order, { env: 'dev', mask: ['email'] });
    const other = openVault({ secretKey: new Uint8Array(32).fill(8) });
    for (const open of [() => vault.open(sealed, { env: 'prod' }), () => other.open(sealed, { env: 'dev' })]) {
      expect(open).toThrowError(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    }
  });

  test('a value sealed with the key of before opens while that key is given', () => {
    const sealed = vault.seal(order, { env: 'dev', mask: ['email'] });
    const later = openVault({ secretKey: new Uint8Array(32).fill(8), previous: [secretKey] });
    expect(later.open(sealed, { env: 'dev' })).toEqual(order);
    expect(() => vault.open(later.seal(order, { env: 'dev', mask: ['email'] }), { env: 'dev' })).toThrowError(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });

  test('a key token is the same for the same value and tells environments apart', () => {
    expect(vault.keyToken('dev', '4711')).toBe(vault.keyToken('dev', '4711'));
    expect(vault.keyToken('dev', '4711')).not.toBe(vault.keyToken('prod', '4711'));
    expect(vault.keyToken('dev', '4711')).toMatch(/^masked:[\w-]{32}$/);
  });

  test('a search token is the same in any case of letters and with spaces around, a key token is not', () => {
    const written = [' ADA@Example.com ', 'ada@example.com', 'Ada@example.COM'];
    expect(new Set(written.map((value) => vault.searchToken('dev', value)))).toEqual(
      new Set([vault.keyToken('dev', 'ada@example.com')]),
    );
    expect(vault.searchToken('dev', 'Zu\u0308rich')).toBe(vault.searchToken('dev', 'z\u00fcrich'));
    expect(new Set(written.map((value) => vault.keyToken('dev', value))).size).toBe(3);
  });

  test('a key that has not 32 bytes is refused', () => {
    try {
      openVault({ secretKey: new Uint8Array(16) });
      expect.unreachable();
    } catch (error) {
      expect(isFlowError(error, 'CONFIG_INVALID')).toBe(true);
    }
  });
});
