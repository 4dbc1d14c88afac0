import type { HttpAnswer, HttpCall, HttpPort } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { Agent } from 'undici';
import { addressRules } from './address-rules.ts';
import { callOnce } from './call-once.ts';
import { guardedAgent } from './guarded-agent.ts';

const MAX_REDIRECTS = 3;
const SANDBOX_ENV = 'dev';
/** Of no use, or of harm, to another host than the one they were meant for. */
const HEADERS_OF_ONE_HOST = ['authorization', 'cookie', 'proxy-authorization', 'idempotency-key', 'host'];

export interface EgressOptions {
  /** Hosts, `host:port` or CIDRs that may be called although they are private. */
  readonly allow: readonly string[];
  /** `host:port` of the sandbox: allowed in environment `dev` only. */
  readonly sandboxHost?: string;
}

/**
 * The way out for every node: public addresses and what is allowed by name, http and https only. Redirects are followed up to three
 * times, each checked again: GET and HEAD on any, other methods on 307 and 308 alone (a POST never turns into a GET); any other
 * redirect is handed back as the answer. Credentials are dropped when the host changes.
 * @returns the port of an environment
 */
export function createEgress({ allow, sandboxHost }: EgressOptions): (env: string) => HttpPort {
  const everywhere = portThrough(guardedAgent(addressRules(allow)));
  const withSandbox =
    sandboxHost === undefined ? everywhere : portThrough(guardedAgent(addressRules([...allow, sandboxHost])));
  return (env) => (env === SANDBOX_ENV ? withSandbox : everywhere);
}

function portThrough(agent: Agent): HttpPort {
  return async (call) => {
    let next = { ...call, url: checkedUrl(call.url).href };
    for (let redirects = 0; ; redirects++) {
      const answer = await callOnce(agent, next, { isRedirected: redirects > 0 });
      const target = redirectOf(next, answer);
      if (target === undefined || redirects === MAX_REDIRECTS) return answer;
      next = { ...next, url: target.href, headers: headersFor(next, target) };
    }
  };
}

function redirectOf(call: HttpCall, { status, headers }: HttpAnswer): URL | undefined {
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  const follows = isRead ? [301, 302, 303, 307, 308] : [307, 308];
  if (!follows.includes(status) || headers.location === undefined) return undefined;
  return URL.canParse(headers.location, call.url) ? checkedUrl(new URL(headers.location, call.url).href) : undefined;
}

function headersFor(call: HttpCall, target: URL): Readonly<Record<string, string>> {
  if (new URL(call.url).origin === target.origin) return call.headers;
  return Object.fromEntries(
    Object.entries(call.headers).filter(([name]) => !HEADERS_OF_ONE_HOST.includes(name.toLowerCase())),
  );
}

function checkedUrl(text: string): URL {
  const refuse = (reason: string) => new FlowError('CONFIG_INVALID', { details: { what: 'the URL', reason } });
  if (!URL.canParse(text)) throw refuse(`"${text}" is not an absolute URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refuse(`only http and https are called, not "${url.protocol}"`);
  if (url.username !== '' || url.password !== '') throw refuse('it holds a user or password; send them in a header');
  return url;
}
