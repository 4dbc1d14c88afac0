import type { KeyObject } from 'node:crypto';
import { hmacOf, matchOf } from './hmac.ts';
import { onlyHeader, refused, type Verifier } from './verdict.ts';

/** How a scheme writes the HMAC of the body. */
interface Notation {
  readonly encoding: 'hex' | 'base64';
  readonly prefix: string;
  readonly form: RegExp;
}

const BASE64: Notation = { encoding: 'base64', prefix: '', form: /^[A-Za-z0-9+/]{43}=$/ };
const PREFIXED_HEX: Notation = { encoding: 'hex', prefix: 'sha256=', form: /^sha256=[0-9a-fA-F]{64}$/ };

/** The schemes whose header is the HMAC-SHA256 of the body alone, and how each writes it. */
export const BODY_HMAC = { shopify: BASE64, woocommerce: BASE64, github: PREFIXED_HEX } as const;

/** Checks the HMAC of the body. The body being all that is signed, the same body counts as the same request. */
export function bodyHmacVerifier(keys: readonly KeyObject[], header: string, notation: Notation): Verifier {
  const { encoding, prefix, form } = notation;
  return (head) => {
    const found = onlyHeader(head, header);
    if ('refusal' in found) return found.refusal;
    if (!form.test(found.value)) return refused('malformed');
    const text = found.value.slice(prefix.length);
    const given = [encoding === 'hex' ? text.toLowerCase() : text];
    return (body) => {
      const match = matchOf(
        keys.map((key) => hmacOf(key, [body], encoding)),
        given,
      );
      return match === undefined ? refused('mismatch') : { ok: true, once: match };
    };
  };
}
