import type { IncomingMessage } from 'node:http';
import { FlowError } from '@crossdock/errors';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a request that another site made a browser send (CSRF) with `API_CROSS_SITE`. Browsers say where a request comes from in
 * `Sec-Fetch-Site` or `Origin`, and pages cannot forge either (OWASP CSRF cheat sheet, "Fetch Metadata").
 * @param silent what to do when neither is there: no browser of today leaves both out
 */
export function refuseCrossSite(request: IncomingMessage, silent: 'refuse' | 'allow'): void {
  if (SAFE_METHODS.has(request.method ?? '')) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin') return;
    throw new FlowError('API_CROSS_SITE');
  }
  const { origin, host } = request.headers;
  if (origin === undefined ? silent === 'allow' : hostOf(origin) === host) return;
  throw new FlowError('API_CROSS_SITE');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
