import type { SecretKind } from '@crossdock/flow-model';

const BYTES = 32;

/** A secret that nobody can guess, written as its kind asks. `random` is what it is made of, 32 bytes. */
export function makeSecret(kind: SecretKind, random = crypto.getRandomValues(new Uint8Array(BYTES))): string {
  return kind === 'whsec'
    ? `whsec_${btoa(String.fromCharCode(...random))}`
    : Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
