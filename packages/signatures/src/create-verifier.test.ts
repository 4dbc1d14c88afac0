import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVerifier, SCHEME_NAMES, type Scheme, type Verdict, type VerifierOptions } from './index.ts';
import { signStandard } from './standard-webhooks.ts';

const NOW_S = 1_800_000_000;
const secret = `whsec_${Buffer.from('a secret of 24 bytes or so').toString('base64')}`;
const other = `whsec_${Buffer.from('another secret of 24 byte').toString('base64')}`;

/** A sender of each scheme. */
interface Sent {
  headers: Record<string, string | string[]>;
  query?: string;
}
type Sender = (body: Buffer, secret: string, seconds?: number) => Sent;
const hmac = (key: string, ...parts: (string | Buffer)[]) => {
  const one = createHmac('sha256', key);
  for (const part of parts) one.update(part);
  return one;
};
const senders: Record<Scheme, Sender> = {
  'standard-webhooks': (body, key, seconds = NOW_S) => ({
    headers: signStandard({ id: 'msg_1', body, nowMs: seconds * 1000 }, [key]),
  }),
  shopify: (body, key) => ({ headers: { 'x-shopify-hmac-sha256': hmac(key, body).digest('base64') } }),
  github: (body, key) => ({ headers: { 'x-hub-signature-256': `sha256=${hmac(key, body).digest('hex')}` } }),
  stripe: (body, key, seconds = NOW_S) => ({
    headers: { 'stripe-signature': `t=${seconds},v1=${hmac(key, `${seconds}.`, body).digest('hex')}` },
  }),
  woocommerce: (body, key) => ({ headers: { 'x-wc-webhook-signature': hmac(key, body).digest('base64') } }),
  basic: (_body, key) => ({ headers: { authorization: `Basic ${Buffer.from(`shop:${key}`).toString('base64')}` } }),
  bearer: (_body, key) => ({ headers: { authorization: `Bearer ${key}` } }),
  'api-key': (_body, key) => ({ headers: { 'x-shop-key': key } }),
};
const settings: Partial<Record<Scheme, Partial<VerifierOptions>>> = {
  basic: { username: 'shop' },
  'api-key': { keyPlace: { header: 'X-Shop-Key' } },
};
const optionsOf = (scheme: Scheme, more: Partial<VerifierOptions> = {}): VerifierOptions => ({
  scheme,
  secrets: [secret],
  ...settings[scheme],
  ...more,
});
const signing = ['standard-webhooks', 'shopify', 'github', 'stripe', 'woocommerce'] as const;
const timed = ['standard-webhooks', 'stripe'] as const;
const mismatch: Verdict = { ok: false, reason: 'mismatch' };

describe.each(SCHEME_NAMES)('%s', (scheme) => {
  const send = senders[scheme];

  test('takes what was sent with the secret, and with the previous one while both count', () => {
    const body = Buffer.from('{"grüße":"日本"}');
    const both = optionsOf(scheme, { secrets: [other, secret] });
    expect(check(optionsOf(scheme), send(body, secret), body).ok).toBe(true);
    expect(check(both, send(body, secret), body).ok).toBe(true);
    expect(check(both, send(body, other), body).ok).toBe(true);
    expect(check(optionsOf(scheme), send(body, other), body)).toEqual(mismatch);
  });

  test('takes an empty body', () => {
    const body = Buffer.alloc(0);
    expect(check(optionsOf(scheme), send(body, secret), body).ok).toBe(true);
  });

  test('refuses a request without its header, and one that has it twice', () => {
    const body = Buffer.from('{}');
    const { headers } = send(body, secret);
    for (const name of Object.keys(headers)) {
      const without = Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));
      expect(check(optionsOf(scheme), { headers: without }, body)).toEqual({ ok: false, reason: 'missing' });
      const value = String(headers[name]);
      const twice = { headers: { ...headers, [name]: [value, value] } };
      expect(check(optionsOf(scheme), twice, body)).toEqual({ ok: false, reason: 'repeated' });
    }
  });

  test('refuses what another scheme signed with the same secret', () => {
    const body = Buffer.from('{}');
    for (const foreign of SCHEME_NAMES.filter((one) => one !== scheme))
      expect(check(optionsOf(scheme), senders[foreign](body, secret), body).ok).toBe(false);
  });

  test('never throws, whatever its headers hold', () => {
    const names = Object.keys(send(Buffer.alloc(0), secret).headers);
    const anything = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    const text = fc.oneof(anything, fc.constantFrom('v1,', 't=1,v1=', 'Basic ', 'sha256='));
    const headers = fc.record(Object.fromEntries(names.map((name) => [name, text])));
    fc.assert(
      fc.property(headers, fc.uint8Array(), (given, body) => {
        expect(check(optionsOf(scheme), { headers: given }, Buffer.from(body)).ok).toBe(false);
      }),
    );
  });

  test('refuses any other text as signature or credential', () => {
    const body = Buffer.from('{"id":1}');
    const { headers } = send(body, secret);
    const carrier = Object.keys(headers).at(-1) as string;
    const value = String(headers[carrier]);
    const change = fc.record({ at: fc.nat(value.length - 1), to: fc.integer({ min: 0x21, max: 0x7e }) });
    fc.assert(
      fc.property(change, ({ at, to }) => {
        const changed = value.slice(0, at) + String.fromCharCode(to) + value.slice(at + 1);
        // Names of authorization schemes and hex digits may be in any case.
        fc.pre(changed.toLowerCase() !== value.toLowerCase());
        expect(check(optionsOf(scheme), { headers: { ...headers, [carrier]: changed } }, body).ok).toBe(false);
      }),
    );
  });
});

describe.each(signing)('%s signs the body', (scheme) => {
  const send = senders[scheme];

  test('with any byte flipped, left out or added it is refused', () => {
    const change = fc.record({
      body: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      at: fc.nat(),
      bit: fc.nat(7),
      how: fc.constantFrom('flip', 'drop', 'add'),
    });
    fc.assert(
      fc.property(change, ({ body: bytes, at, bit, how }) => {
        const body = Buffer.from(bytes);
        const place = at % body.length;
        const tampered = Buffer.from(body);
        tampered[place] = (tampered[place] ?? 0) ^ (1 << bit);
        const changed =
          how === 'flip'
            ? tampered
            : how === 'add'
              ? Buffer.concat([body, Buffer.of(bit)])
              : Buffer.concat([body.subarray(0, place), body.subarray(place + 1)]);
        expect(check(optionsOf(scheme), send(body, secret), changed)).toEqual(mismatch);
      }),
    );
  });

  test('the same request has one name, another body another', () => {
    const onceOf = (text: string, seconds = NOW_S) => {
      const body = Buffer.from(text);
      const verdict = check(optionsOf(scheme), send(body, secret, seconds), body);
      return verdict.ok ? verdict.once : undefined;
    };
    expect(onceOf('a')).toBeDefined();
    expect(onceOf('a')).toBe(onceOf('a'));
    // Standard Webhooks has an id for that.
    if (scheme !== 'standard-webhooks') expect(onceOf('a')).not.toBe(onceOf('b'));
  });
});

describe.each(timed)('%s signs the time', (scheme) => {
  const body = Buffer.from('{}');
  const at = (seconds: number, toleranceS?: number) =>
    check(
      optionsOf(scheme, toleranceS === undefined ? {} : { toleranceS }),
      senders[scheme](body, secret, seconds),
      body,
    );

  test.each([
    [NOW_S - 301, 'late'],
    [NOW_S + 301, 'early'],
    [NOW_S - 86_400 * 365, 'late'],
  ] as const)('%d is refused as %s', (seconds, reason) => {
    expect(at(seconds)).toEqual({ ok: false, reason });
  });

  test('within five minutes either way it is taken, or within what the hook allows', () => {
    expect(at(NOW_S - 300).ok).toBe(true);
    expect(at(NOW_S + 300).ok).toBe(true);
    expect(at(NOW_S - 300, 60)).toEqual({ ok: false, reason: 'late' });
    expect(at(NOW_S - 3_600, 3_600).ok).toBe(true);
  });

  test.each(['', '0', '-1', '1.5', '1e9', '0x1', '99999999999999', ' ', 'now'])('the time "%s" is refused', (time) => {
    const sent = senders[scheme](body, secret);
    const headers = Object.fromEntries(
      Object.entries(sent.headers).map(([name, value]) => [name, String(value).replace(String(NOW_S), time)]),
    );
    expect(check(optionsOf(scheme), { headers }, body).ok).toBe(false);
  });

  test('a fresh time with an old signature is refused', () => {
    const sent = senders[scheme](body, secret, NOW_S - 10_000);
    const headers = Object.fromEntries(
      Object.entries(sent.headers).map(([name, value]) => [
        name,
        String(value).replace(String(NOW_S - 10_000), String(NOW_S)),
      ]),
    );
    expect(check(optionsOf(scheme), { headers }, body)).toEqual(mismatch);
  });
});

describe('several signatures', () => {
  const body = Buffer.from('{}');

  test('Standard Webhooks: one that fits is enough, others and unknown versions do not harm', () => {
    const own = signStandard({ id: 'msg_1', body, nowMs: NOW_S * 1000 }, [other, secret]);
    const headers = { ...own, 'webhook-signature': `v2,abc ${own['webhook-signature']} v1a,AAAA` };
    expect(check(optionsOf('standard-webhooks'), { headers }, body).ok).toBe(true);
    const [ofOther = ''] = own['webhook-signature'].split(' ');
    const without = { ...own, 'webhook-signature': ofOther };
    expect(check(optionsOf('standard-webhooks'), { headers: without }, body)).toEqual(mismatch);
  });

  test('Standard Webhooks: an id that could reach into the time is refused', () => {
    const headers = signStandard({ id: 'msg.1', body, nowMs: NOW_S * 1000 }, [secret]);
    expect(check(optionsOf('standard-webhooks'), { headers }, body)).toEqual({ ok: false, reason: 'malformed' });
  });

  test('Stripe: one v1 that fits is enough; two times are refused', () => {
    const value = String(senders.stripe(body, secret).headers['stripe-signature']);
    const withOthers = { headers: { 'stripe-signature': `${value},v1=${'0'.repeat(64)},v0=x` } };
    expect(check(optionsOf('stripe'), withOthers, body).ok).toBe(true);
    const twoTimes = { headers: { 'stripe-signature': `t=1,${value}` } };
    expect(check(optionsOf('stripe'), twoTimes, body)).toEqual({ ok: false, reason: 'malformed' });
  });

  test.each(timed)('%s: a header of very many is refused unread', (scheme) => {
    const { headers } = senders[scheme](body, secret);
    const carrier = Object.keys(headers).at(-1) as string;
    const separator = scheme === 'stripe' ? ',' : ' ';
    const many = Array.from({ length: 100 }, () => String(headers[carrier])).join(separator);
    expect(check(optionsOf(scheme), { headers: { ...headers, [carrier]: many } }, body)).toEqual({
      ok: false,
      reason: 'malformed',
    });
  });
});

describe('where the sender does it a little differently', () => {
  const body = Buffer.from('{}');

  test.each(['shopify', 'github', 'stripe', 'woocommerce'] as const)('%s in another header', (scheme) => {
    const [value = ''] = Object.values(senders[scheme](body, secret).headers).map(String);
    const options = optionsOf(scheme, { header: 'X-ShipHero-Hmac-Sha256' });
    expect(check(options, { headers: { 'x-shiphero-hmac-sha256': value } }, body).ok).toBe(true);
    expect(check(options, senders[scheme](body, secret), body)).toEqual({ ok: false, reason: 'missing' });
  });

  test('an API key in the query, once', () => {
    const options = optionsOf('api-key', { keyPlace: { query: 'key' }, secrets: ['ü/ &=+'] });
    const query = `a=1&key=${encodeURIComponent('ü/ &=+')}`;
    expect(check(options, { headers: {}, query }, body).ok).toBe(true);
    expect(check(options, { headers: {}, query: 'key=x' }, body)).toEqual(mismatch);
    expect(check(options, { headers: {}, query: 'Key=x' }, body)).toEqual({ ok: false, reason: 'missing' });
    expect(check(options, { headers: {}, query: `${query}&key=x` }, body)).toEqual({ ok: false, reason: 'repeated' });
  });

  test('a header value that is not ASCII, as its bytes', () => {
    const value = Buffer.from('schlüssel').toString('latin1');
    const options = optionsOf('api-key', { secrets: ['schlüssel'] });
    expect(check(options, { headers: { 'x-shop-key': value } }, body).ok).toBe(true);
  });

  test('a credential proves nothing of the one request', () => {
    for (const scheme of ['basic', 'bearer', 'api-key'] as const)
      expect(check(optionsOf(scheme), senders[scheme](body, secret), body)).toEqual({ ok: true });
  });
});

describe('secrets that cannot be used', () => {
  test.each([
    [{ scheme: 'shopify', secrets: [] }, 'CONFIG_MISSING'],
    [{ scheme: 'shopify', secrets: ['a', ''] }, 'CONFIG_MISSING'],
    [{ scheme: 'basic', secrets: ['a'] }, 'CONFIG_MISSING'],
    [{ scheme: 'api-key', secrets: ['a'] }, 'CONFIG_MISSING'],
    [{ scheme: 'standard-webhooks', secrets: ['whsec_not base64'] }, 'CONFIG_INVALID'],
    [{ scheme: 'standard-webhooks', secrets: ['whsec_c2hvcnQ='] }, 'CONFIG_INVALID'],
    [{ scheme: 'standard-webhooks', secrets: ['whpk_c2hvcnQ='] }, 'CONFIG_INVALID'],
    [{ scheme: 'standard-webhooks', secrets: ['whsk_c2hvcnQ='] }, 'CONFIG_INVALID'],
  ] as [VerifierOptions, string][])('%j', (options, code) => {
    const error = thrownBy(() => createVerifier(options));
    expect(error).toMatchObject({ code });
    for (const text of options.secrets.filter((one) => one.length > 1)) expect(String(error)).not.toContain(text);
  });

  test('a public key signs nothing', () => {
    const whpk = `whpk_${Buffer.alloc(32).toString('base64')}`;
    const error = thrownBy(() => signStandard({ id: 'a', body: '', nowMs: 0 }, [whpk]));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

function check(options: VerifierOptions, { headers, query = '' }: Sent, body: Buffer): Verdict {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()]));
  const head = createVerifier(options)({
    headers: lists,
    query: new URLSearchParams(query),
    nowMs: NOW_S * 1000,
  });
  return typeof head === 'function' ? head(body) : head;
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return expect.unreachable();
}
