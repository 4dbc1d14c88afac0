import { type HttpAnswer, type HttpCall, type HttpPort, withSecrets } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { Agent } from 'undici';
import { callOnce } from './call-once.ts';
import { guardedAgent } from './guarded-agent.ts';
import { answerWithoutSecrets, errorWithoutSecrets } from './quoted-secrets.ts';
import { byEnvironment, type EgressOptions } from './rules-by-environment.ts';

const MAX_REDIRECTS = 3;
/** What another host may know; credentials, keys and signatures have names of all kinds. */
const HEADERS_FOR_ANY_HOST = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
  'traceparent',
  'tracestate',
  'user-agent',
]);

/**
 * The way out for every node: public addresses and what is allowed by name, http and https only. Redirects are followed up to three
 * times, each checked again: GET and HEAD on any, other methods on 307 and 308 alone (a POST never turns into a GET); any other
 * redirect is handed back as the answer. Only harmless headers follow to another origin; a call with a connection's credentials ends there.
 * @returns the port of an environment
 */
export function createEgress(options: EgressOptions): (env: string) => HttpPort {
  const agentOf = byEnvironment<Agent>(
    options,
    { httpOnly: true },
    {
      make: guardedAgent,
      // What is under way ends by itself; kept connections to hosts that may no longer be called are not used again.
      release: (agent) => void agent.close(),
    },
  );
  return (env) => (call) => callThrough(agentOf(env), call);
}

async function callThrough(agent: Agent, call: HttpCall): Promise<HttpAnswer> {
  if (!call.secrets) return follow(agent, call);
  const { values } = call.secrets;
  try {
    return answerWithoutSecrets(await follow(agent, call), values);
  } catch (error) {
    throw errorWithoutSecrets(error, values);
  }
}

async function follow(agent: Agent, call: HttpCall): Promise<HttpAnswer> {
  let next = { ...call, url: checkedUrl(call.url).href };
  for (let redirects = 0; ; redirects++) {
    const answer = await callOnce(agent, withSecrets(next), { isRedirected: redirects > 0 });
    const target = redirectOf(next, answer);
    if (target === undefined || redirects === MAX_REDIRECTS) return answer;
    next = { ...next, url: target.href, headers: headersFor(next, target) };
  }
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
    Object.entries(call.headers).filter(([name]) => HEADERS_FOR_ANY_HOST.has(name.toLowerCase())),
  );
}

function checkedUrl(text: string): URL {
  const refuse = (reason: string) => new FlowError('CONFIG_INVALID', { details: { what: 'the URL', reason } });
  if (!URL.canParse(text)) throw refuse(`"${withoutSecrets(text)}" is not an absolute URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refuse(`only http and https are called, not "${url.protocol}"`);
  if (url.username !== '' || url.password !== '') throw refuse('it holds a user or password; send them in a header');
  return url;
}

/** What may hold a password or a key is left out. */
function withoutSecrets(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//…@').replace(/[?#].*$/s, '?…');
}
