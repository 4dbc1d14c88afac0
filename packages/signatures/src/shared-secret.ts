import { createHash, timingSafeEqual } from 'node:crypto';
import { onlyHeader, type RequestHead, refused, type Verdict, type Verifier } from './verdict.ts';

/** Where a request carries an API key. */
export type KeyPlace = { readonly header: string } | { readonly query: string };

/** `Authorization: Basic …` (RFC 7617), user name and password in UTF-8. */
export function basicVerifier(secrets: readonly string[], username: string): Verifier {
  const isKnown = memory(secrets.map((secret) => Buffer.from(`${username}:${secret}`)));
  return (head) => {
    const given = authorization(head, 'basic');
    if ('refusal' in given) return given.refusal;
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(given.value)) return refused('malformed');
    return isKnown(Buffer.from(given.value, 'base64'));
  };
}

/** `Authorization: Bearer …` (RFC 6750 §2.1). */
export function bearerVerifier(secrets: readonly string[]): Verifier {
  const isKnown = memory(secrets.map((secret) => Buffer.from(secret)));
  return (head) => {
    const given = authorization(head, 'bearer');
    return 'refusal' in given ? given.refusal : isKnown(Buffer.from(given.value, 'latin1'));
  };
}

/** A key in a header of its own, or in the query for senders that can set nothing else. */
export function apiKeyVerifier(secrets: readonly string[], place: KeyPlace): Verifier {
  const isKnown = memory(secrets.map((secret) => Buffer.from(secret)));
  return (head) => {
    if ('header' in place) {
      const given = onlyHeader(head, place.header);
      return 'refusal' in given ? given.refusal : isKnown(Buffer.from(given.value, 'latin1'));
    }
    const values = head.query.getAll(place.query);
    const [value = ''] = values;
    if (value === '') return refused('missing');
    return values.length > 1 ? refused('repeated') : isKnown(Buffer.from(value));
  };
}

/** Compares by digest, so that neither the time nor the length tells how near a guess is. */
function memory(known: readonly Uint8Array[]): (given: Uint8Array) => Verdict {
  const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const digests = known.map(digestOf);
  return (given) => {
    const digest = digestOf(given);
    const isKnown = digests.map((one) => timingSafeEqual(one, digest)).includes(true);
    return isKnown ? { ok: true } : refused('mismatch');
  };
}

function authorization(head: RequestHead, scheme: string): { value: string } | { refusal: Verdict } {
  const found = onlyHeader(head, 'authorization');
  if ('refusal' in found) return found;
  const [, name = '', value = ''] = /^([A-Za-z]+) +(\S+)$/.exec(found.value) ?? [];
  return name.toLowerCase() === scheme ? { value } : { refusal: refused('malformed') };
}
