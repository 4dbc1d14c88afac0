import { Agent, buildConnector } from 'undici';
import type { AddressRules } from './address-rules.ts';
import { blockedLiteral, guardedLookup, type Resolve } from './guarded-lookup.ts';

const CONNECT_TIMEOUT_MS = 5000;
const CONNECTIONS_PER_ORIGIN = 64;
const KEEP_ALIVE_MS = 10_000;
const MAX_HEADER_BYTES = 64 * 1024;

const connectErrors = new WeakSet<Error>();

/** Whether a call ended with this because it got no connection (name, route, refusal, TLS, block): nothing of it was sent. */
export function isConnectError(error: unknown): boolean {
  return error instanceof Error && connectErrors.has(error);
}

/** A pooling agent that connects only where the rules allow, to the addresses that were checked. Proxies of the environment are not asked. */
export function guardedAgent(rules: AddressRules, resolve: Resolve): Agent {
  const byPort = new Map<number, buildConnector.connector>();
  const guarded = (port: number) => {
    const connector =
      byPort.get(port) ?? buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup(rules, port, resolve) });
    byPort.set(port, connector);
    return connector;
  };
  return new Agent({
    connections: CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The call's own signal is the clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect(options, answer) {
      const callback: buildConnector.Callback = (...result) => {
        if (result[0]) connectErrors.add(result[0]);
        answer(...result);
      };
      const host = options.hostname.replace(/^\[|\]$/g, '');
      const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
      const refused = blockedLiteral(rules, host, port);
      if (refused) callback(refused, null);
      else guarded(port)(options, callback);
    },
  });
}
