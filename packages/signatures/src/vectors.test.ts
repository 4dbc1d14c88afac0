import { describe, expect, test } from 'vitest';
import { createVerifier, type Verdict, type VerifierOptions } from './index.ts';
import { signStandard } from './standard-webhooks.ts';

interface Vector {
  /** Where the figures stand. */
  from: string;
  options: VerifierOptions;
  headers: Record<string, string>;
  body: string;
  /** Seconds since 1970. */
  at?: number;
}

const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const standardBody = '{"test": 2432232314}';
const standardSignature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const vectors: Vector[] = [
  {
    from: 'Standard Webhooks: the vector of its reference libraries (libraries/*/test, "sign function works")',
    options: { scheme: 'standard-webhooks', secrets: [standardSecret] },
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': standardSignature,
    },
    body: standardBody,
    at: 1614265330,
  },
  {
    from: 'GitHub docs, "Validating webhook deliveries", testing the webhook payload validation',
    options: { scheme: 'github', secrets: ["It's a Secret to Everybody"] },
    headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    body: 'Hello, World!',
  },
  {
    from: "Shopify docs, base64 of the HMAC-SHA256 of the raw body; figures of SQLPage's test of it",
    options: { scheme: 'shopify', secrets: ['test-webhook-secret'] },
    headers: { 'x-shopify-hmac-sha256': 'QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw=' },
    body: '{"id":1234567890,"email":"customer@example.com","total_price":"123.45"}',
  },
  {
    from: 'WooCommerce REST API docs, base64 of the HMAC-SHA256 of the body; figures of RFC 4231 §4.3',
    options: { scheme: 'woocommerce', secrets: ['Jefe'] },
    headers: { 'x-wc-webhook-signature': 'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=' },
    body: 'what do ya want for nothing?',
  },
  {
    from: "Stripe docs, HMAC-SHA256 over `<t>.<body>` in hex; payload and secret of stripe-node's test/Webhook.spec",
    options: { scheme: 'stripe', secrets: ['whsec_test_secret'] },
    headers: {
      'stripe-signature':
        't=1492774577,v1=c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39',
    },
    body: JSON.stringify({ id: 'evt_test_webhook', object: 'event' }, null, 2),
    at: 1492774577,
  },
  {
    from: 'RFC 7617 §2, user "Aladdin"',
    options: { scheme: 'basic', secrets: ['open sesame'], username: 'Aladdin' },
    headers: { authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' },
    body: '',
  },
  {
    from: 'RFC 7617 §2.1, user "test", password "123£" in UTF-8',
    options: { scheme: 'basic', secrets: ['123£'], username: 'test' },
    headers: { authorization: 'Basic dGVzdDoxMjPCow==' },
    body: '',
  },
  {
    from: 'RFC 6750 §2.1',
    options: { scheme: 'bearer', secrets: ['mF_9.B5f-4.1JqM'] },
    headers: { authorization: 'Bearer mF_9.B5f-4.1JqM' },
    body: '',
  },
];

describe('the vectors of the specifications', () => {
  test.each(vectors)('$from', ({ options, headers, body, at = 0 }) => {
    expect(check(options, headers, body, at).ok).toBe(true);
    expect(check({ ...options, secrets: ['whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'] }, headers, body, at)).toEqual({
      ok: false,
      reason: 'mismatch',
    });
  });

  test('what we sign ourselves is the vector of Standard Webhooks', () => {
    const outgoing = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: standardBody, nowMs: 1614265330_999 };
    expect(signStandard(outgoing, [standardSecret])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': standardSignature,
    });
  });

  // RFC 8032 §7.1, TEST 1: the key pair.
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
  const publicKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');
  const whpk = `whpk_${publicKey.toString('base64')}`;

  test.each([
    ['its seed', seed],
    ['its seed and public key', Buffer.concat([seed, publicKey])],
  ])('an Ed25519 pair signs (v1a) with %s and verifies with its public key', (_what, secret) => {
    const headers = signStandard({ id: 'msg_1', body: 'é', nowMs: 1_000_000 }, [`whsk_${secret.toString('base64')}`]);
    expect(headers['webhook-signature']).toMatch(/^v1a,/);
    const options: VerifierOptions = { scheme: 'standard-webhooks', secrets: [whpk] };
    expect(check(options, headers, 'é', 1_000)).toEqual({ ok: true, once: 'msg_1' });
    expect(check(options, headers, 'è', 1_000)).toEqual({ ok: false, reason: 'mismatch' });
  });

  test("an HMAC made with a public key's bytes does not pass for its signature", () => {
    const forged = signStandard({ id: 'msg_1', body: '{}', nowMs: 1_000_000 }, [publicKey.toString('base64')]);
    expect(check({ scheme: 'standard-webhooks', secrets: [whpk] }, forged, '{}', 1_000).ok).toBe(false);
  });
});

function check(options: VerifierOptions, headers: Record<string, string>, body: string, at: number): Verdict {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const head = createVerifier(options)({ headers: lists, query: new URLSearchParams(), nowMs: at * 1000 });
  return typeof head === 'function' ? head(Buffer.from(body)) : head;
}
