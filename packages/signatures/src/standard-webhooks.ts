import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { FlowError } from '@crossdock/errors';
import { hmacKey, hmacOf, matchOf } from './hmac.ts';
import { timeProblem } from './timestamp.ts';
import { onlyHeader, refused, type Verifier } from './verdict.ts';

/** More than a sender has keys; each costs a comparison. */
const MAX_SIGNATURES = 16;
/** Where the id ends must be plain in what is signed: `<id>.<seconds>.<body>`. */
const ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ED25519_BYTES = 32;

/** A key of the scheme: HMAC-SHA256 (`v1`), or Ed25519 (`v1a`), public to verify, secret to sign. */
type StandardKey =
  | { readonly version: 'v1'; readonly key: KeyObject }
  | { readonly version: 'v1a'; readonly key: KeyObject; readonly signs: boolean };

/**
 * Reads `whsec_…` (the prefix may be missing), `whpk_…` or `whsk_…` (base64 of an Ed25519 public key, or of a secret key as 32 bytes of seed, with
 * the public key behind it or not). Throws `CONFIG_INVALID`, which never holds the text.
 */
export function standardKey(text: string): StandardKey {
  const [, prefix, rest = ''] = /^(whsec_|whpk_|whsk_)?(.*)$/s.exec(text.trim()) ?? [];
  if (rest === '' || !BASE64.test(rest)) throw unusable('it must be base64, as a rule after whsec_');
  const bytes = Buffer.from(rest, 'base64');
  if (prefix === 'whpk_') return { version: 'v1a', key: ed25519(bytes), signs: false };
  if (prefix === 'whsk_') return { version: 'v1a', key: ed25519Secret(bytes), signs: true };
  if (bytes.length < 16) throw unusable('it is shorter than 16 bytes; the scheme asks for 24 to 64');
  return { version: 'v1', key: hmacKey(bytes) };
}

/**
 * Checks `webhook-id`, `webhook-timestamp` and `webhook-signature`: any of its signatures by any of the keys will do. The id is the same on every
 * attempt of a delivery.
 */
export function standardVerifier(secrets: readonly string[], toleranceMs: number): Verifier {
  const keys = secrets.map(standardKey);
  return (head) => {
    const found = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => onlyHeader(head, name));
    for (const one of found) if ('refusal' in one) return one.refusal;
    const [id = '', seconds = '', signatures = ''] = found.map((one) => ('value' in one ? one.value : ''));
    const given = signatures.split(' ').filter((text) => text !== '');
    if (!ID.test(id) || given.length > MAX_SIGNATURES) return refused('malformed');
    const problem = timeProblem(seconds, head, toleranceMs);
    if (problem) return problem;
    const of = (version: string) =>
      given.filter((text) => text.startsWith(`${version},`)).map((text) => text.slice(version.length + 1));
    return (body) => {
      const start = `${id}.${seconds}.`;
      const isSigned = keys
        .map((one) =>
          one.version === 'v1'
            ? matchOf([hmacOf(one.key, [start, body], 'base64')], of('v1')) !== undefined
            : of('v1a').some((text) => isSignedBy(one.key, Buffer.concat([Buffer.from(start), body]), text)),
        )
        .includes(true);
      return isSigned ? { ok: true, once: id } : refused('mismatch');
    };
  };
}

/** What `signStandard` signs. */
export interface OutgoingWebhook {
  /** The same on every attempt of a delivery. */
  readonly id: string;
  readonly body: string | Uint8Array;
  /** Of this attempt, in milliseconds since 1970. */
  readonly nowMs: number;
}

/** The three headers of the scheme, with one signature for each secret. Throws `CONFIG_INVALID` for a secret that cannot sign. */
export function signStandard(
  { id, body, nowMs }: OutgoingWebhook,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const seconds = String(Math.floor(nowMs / 1000));
  const start = `${id}.${seconds}.`;
  const signatures = secrets.map(standardKey).map((one) => {
    if (one.version === 'v1') return `v1,${hmacOf(one.key, [start, body], 'base64')}`;
    if (!one.signs) throw unusable('a public key (whpk_) cannot sign');
    return `v1a,${sign(null, Buffer.concat([Buffer.from(start), Buffer.from(body)]), one.key).toString('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}

function isSignedBy(key: KeyObject, content: Uint8Array, text: string): boolean {
  // Ed25519 signatures are 64 bytes; anything else is none.
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text)) return false;
  const signature = Buffer.from(text, 'base64');
  return signature.toString('base64') === text && verify(null, content, key, signature);
}

function ed25519(bytes: Buffer): KeyObject {
  if (bytes.length !== ED25519_BYTES) throw unusable('an Ed25519 public key (whpk_) has 32 bytes');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

function ed25519Secret(bytes: Buffer): KeyObject {
  if (bytes.length !== ED25519_BYTES && bytes.length !== 2 * ED25519_BYTES)
    throw unusable('an Ed25519 secret key (whsk_) has 32 or 64 bytes');
  // RFC 8410 §7: PKCS #8 around the seed; the public key follows from it.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes.subarray(0, ED25519_BYTES)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

const unusable = (reason: string): FlowError =>
  new FlowError('CONFIG_INVALID', { details: { what: 'the Standard Webhooks secret', reason } });
