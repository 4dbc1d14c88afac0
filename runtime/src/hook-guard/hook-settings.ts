import { factsOf, type KeyPlace, SCHEME_NAMES, type Scheme } from '@crossdock/signatures';
import type { DeployedTrigger } from '../intake/index.ts';
import type { Rate } from './token-bucket.ts';

/** How the requests of a hook prove where they come from. */
export interface HookAuthentication {
  readonly scheme: Scheme;
  /** Name of the connection that holds the secrets; empty where the trigger names none. */
  readonly connection: string;
  readonly header?: string;
  readonly keyPlace?: KeyPlace;
  readonly toleranceS?: number;
  /** Whether the same signed request is the same execution. */
  readonly countsOnce: boolean;
}

/** What a webhook trigger asks of its requests, as its config says. */
export interface HookSettings {
  /** `open`: anyone may call. `unknown`: a scheme that this version does not know, so that nobody may. */
  readonly authentication: HookAuthentication | 'open' | 'unknown';
  readonly rate?: Rate;
}

export function hookSettings(trigger: DeployedTrigger): HookSettings {
  const { authentication, requestsPerSecond, burst } = trigger.config;
  const scheme = SCHEME_NAMES.find((name) => name === authentication);
  const perSecond = Number(requestsPerSecond ?? 0);
  return {
    authentication: scheme ? authenticationOf(scheme, trigger) : authentication === 'none' ? 'open' : 'unknown',
    ...(perSecond > 0 ? { rate: { perSecond, burst: Number(burst ?? Math.ceil(perSecond)) } } : {}),
  };
}

function authenticationOf(scheme: Scheme, { config, connection = '' }: DeployedTrigger): HookAuthentication {
  const { signatureHeader, apiKeyIn, apiKeyName, toleranceS, sameAgain } = config;
  const { covers, renames } = factsOf(scheme);
  const name = String(apiKeyName);
  return {
    scheme,
    connection,
    // Where more than the body is signed, a new request is never the same as an earlier one.
    countsOnce: covers !== 'body' || sameAgain !== 'each',
    ...(renames && signatureHeader !== undefined ? { header: String(signatureHeader) } : {}),
    ...(scheme === 'api-key' ? { keyPlace: apiKeyIn === 'query' ? { query: name } : { header: name } } : {}),
    ...(toleranceS === undefined ? {} : { toleranceS: Number(toleranceS) }),
  };
}
