import { FlowError } from '@crossdock/errors';
import { BODY_HMAC, bodyHmacVerifier } from './body-hmac.ts';
import { hmacKey } from './hmac.ts';
import { DEFAULT_TOLERANCE_S, factsOf, type Scheme } from './schemes.ts';
import { apiKeyVerifier, basicVerifier, bearerVerifier, type KeyPlace } from './shared-secret.ts';
import { standardVerifier } from './standard-webhooks.ts';
import { stripeVerifier } from './stripe.ts';
import type { Verifier } from './verdict.ts';

export interface VerifierOptions {
  readonly scheme: Scheme;
  /** All that count at the moment: the current one, and the previous one while its sender changes over. At least one. */
  readonly secrets: readonly string[];
  /** Where the sender uses another header than the scheme's own, in any case of letters. */
  readonly header?: string;
  /** How far the sender's clock may be from ours, for schemes that sign the time; five minutes by default. */
  readonly toleranceS?: number;
  /** For `basic`. */
  readonly username?: string;
  /** For `api-key`. */
  readonly keyPlace?: KeyPlace;
}

/** Prepares the check of one scheme. Throws `CONFIG_MISSING` or `CONFIG_INVALID` for secrets that it cannot work with, never naming them. */
export function createVerifier({ scheme, secrets, ...options }: VerifierOptions): Verifier {
  if (secrets.length === 0 || secrets.some((secret) => secret === '')) throw missing('the secret of the hook');
  const toleranceMs = (options.toleranceS ?? DEFAULT_TOLERANCE_S) * 1000;
  const header = (options.header ?? factsOf(scheme).header ?? '').toLowerCase();
  const keys = () => secrets.map((secret) => hmacKey(Buffer.from(secret)));
  switch (scheme) {
    case 'standard-webhooks':
      return standardVerifier(secrets, toleranceMs);
    case 'shopify':
    case 'github':
    case 'woocommerce':
      return bodyHmacVerifier(keys(), header, BODY_HMAC[scheme]);
    case 'stripe':
      return stripeVerifier(keys(), header, toleranceMs);
    case 'basic':
      if (options.username === undefined) throw missing('the user name of the hook');
      return basicVerifier(secrets, options.username);
    case 'bearer':
      return bearerVerifier(secrets);
    case 'api-key':
      if (options.keyPlace === undefined) throw missing('the place of the API key');
      return apiKeyVerifier(secrets, lowerCased(options.keyPlace));
  }
}

const lowerCased = (place: KeyPlace): KeyPlace => ('header' in place ? { header: place.header.toLowerCase() } : place);

const missing = (what: string): FlowError => new FlowError('CONFIG_MISSING', { details: { what } });
