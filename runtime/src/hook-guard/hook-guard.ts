import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { HookRefusal } from '@crossdock/api-contract';
import { FlowError, reasonOf } from '@crossdock/errors';
import { factsOf, type Refusal, type RequestHead } from '@crossdock/signatures';
import type { DeployedTrigger } from '../intake/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type HookAuthentication, hookSettings } from './hook-settings.ts';
import { type HookSecrets, hookVerifier } from './hook-verifier.ts';
import type { RefusalCounts } from './refusal-counts.ts';
import { createSeldom } from './seldom.ts';
import { TokenBucket } from './token-bucket.ts';

export interface HookGuardContext {
  readonly secrets: HookSecrets;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly refusals: RefusalCounts;
}

/** A request whose head is in order. */
export interface Admission {
  /** Without what proves where it came from: that must not rest with its trigger. */
  readonly headers: IncomingHttpHeaders;
  /** The query, likewise. */
  readonly search: string;
  /** Whether the query may stand for a missing body: not where the body is what is signed. */
  readonly trustsQuery: boolean;
  /**
   * Checks the body; to be called once, before anything is made of it. Gives what makes the request the same as an earlier one, if anything does.
   * Throws `API_HOOK_REFUSED` or `API_RATE_LIMITED`.
   */
  check(body: Uint8Array): string | undefined;
}

/** Stands before a hook that asks something of its requests. */
export interface HookGuard {
  /** Looks at the head, before the body is read. Throws `API_HOOK_REFUSED`, `API_HOOK_NOT_READY` or `API_RATE_LIMITED`. */
  admit(request: Pick<IncomingMessage, 'headers' | 'headersDistinct'>, search: string): Promise<Admission>;
}

/** The guard of a trigger's hook; undefined where it is open and without limits, so that nothing has to be asked of its requests. */
export function hookGuard(context: HookGuardContext, trigger: DeployedTrigger): HookGuard | undefined {
  const { authentication, rate } = hookSettings(trigger);
  if (authentication === 'open' && rate === undefined) return undefined;
  const { env, flowId, nodeId } = trigger;
  const bucket = rate && new TokenBucket(rate, performance.now());
  const seldom = createSeldom();

  return authentication === 'open' ? { admit: admitAnyone } : { admit: checking(authentication) };

  async function admitAnyone(request: Pick<IncomingMessage, 'headers'>, search: string): Promise<Admission> {
    takeToken();
    return { headers: request.headers, search, trustsQuery: true, check: () => undefined };
  }

  function checking(asked: HookAuthentication | 'unknown'): HookGuard['admit'] {
    if (asked === 'unknown') {
      const reason = `the authentication "${String(trigger.config.authentication)}" is not known`;
      return async () => {
        throw notReady('', new FlowError('CONFIG_INVALID', { details: { what: 'the hook', reason } }));
      };
    }
    const verifier = hookVerifier(context.secrets, env, asked);
    const strip = stripper(asked);
    const isSigned = factsOf(asked.scheme).covers !== 'nothing';
    return async (request, search) => {
      const query = new URLSearchParams(search);
      const head: RequestHead = { headers: request.headersDistinct, query, nowMs: Date.now() };
      const found = verifier();
      const verify =
        found instanceof Promise ? await found.catch((e) => Promise.reject(notReady(asked.connection, e))) : found;
      const first = verify(head);
      if (typeof first !== 'function' && !first.ok) throw refusal(first.reason);
      return {
        ...strip(request.headers, search),
        trustsQuery: !isSigned,
        check(body) {
          const verdict = typeof first === 'function' ? first(body) : first;
          if (!verdict.ok) throw refusal(verdict.reason);
          // Only now: what anyone may send must not use up what the sender may.
          takeToken();
          return asked.countsOnce ? verdict.once : undefined;
        },
      };
    };
  }

  function takeToken(): void {
    const waitMs = bucket?.take(performance.now()) ?? 0;
    if (waitMs === 0) return;
    count('limited');
    throw new FlowError('API_RATE_LIMITED', { details: { retryAfterS: Math.ceil(waitMs / 1000) } });
  }

  function refusal(reason: Refusal): FlowError {
    count(reason);
    seldom(reason, () => context.log.warn({ env, flowId, nodeId, reason }, 'a hook refused a request'));
    return new FlowError('API_HOOK_REFUSED');
  }

  function notReady(connection: string, cause: unknown): FlowError {
    count('not-ready');
    const reason = reasonOf(cause);
    seldom('not-ready', () =>
      context.log.error({ env, flowId, nodeId, connection, reason }, 'a hook cannot check its requests'),
    );
    return new FlowError('API_HOOK_NOT_READY', { cause });
  }

  function count(reason: HookRefusal): void {
    context.refusals.count({ env, flowId, nodeId, reason });
    context.metrics.count('crossdock_hook_refused_total', { env, flow: flowId, node: nodeId, reason });
  }
}

/** Takes out of headers and query what proves where a request came from. */
function stripper({
  scheme,
  header,
  keyPlace,
}: HookAuthentication): (headers: IncomingHttpHeaders, search: string) => Pick<Admission, 'headers' | 'search'> {
  if (keyPlace && 'query' in keyPlace) {
    return (headers, search) => {
      const isKey = (pair: string) => new URLSearchParams(pair).has(keyPlace.query);
      return {
        headers,
        search: search
          .split('&')
          .filter((pair) => !isKey(pair))
          .join('&'),
      };
    };
  }
  const carrier = (header ?? keyPlace?.header ?? factsOf(scheme).header ?? '').toLowerCase();
  return ({ [carrier]: _proof, ...headers }, search) => ({ headers, search });
}
