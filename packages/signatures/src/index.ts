export { createVerifier, type VerifierOptions } from './create-verifier.ts';
export {
  DEFAULT_TOLERANCE_S,
  factsOf,
  SCHEME_NAMES,
  SCHEMES,
  type Scheme,
  type SchemeFacts,
} from './schemes.ts';
export type { KeyPlace } from './shared-secret.ts';
export { type OutgoingWebhook, signStandard, standardKey } from './standard-webhooks.ts';
export type { HeadCheck, Refusal, RequestHead, Verdict, Verifier } from './verdict.ts';
