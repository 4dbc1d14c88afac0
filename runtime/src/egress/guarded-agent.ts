import { lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { AddressRules } from './address-rules.ts';

const CONNECT_TIMEOUT_MS = 5000;
const CONNECTIONS_PER_ORIGIN = 64;
const KEEP_ALIVE_MS = 10_000;
const MAX_HEADER_BYTES = 64 * 1024;

/** `code` of the error that a refused address ends with. */
export const BLOCKED = 'EGRESS_BLOCKED';

const connectErrors = new WeakSet<Error>();

/** Whether a call ended with this because it got no connection (name, route, refusal, TLS, block): nothing of it was sent. */
export function isConnectError(error: unknown): boolean {
  return error instanceof Error && connectErrors.has(error);
}

/**
 * A pooling agent that connects only where the rules allow. Literal addresses never reach a `lookup`, names need one, so both are
 * checked; what was checked is what is connected to, so a name that resolves differently the second time gains nothing.
 */
export function guardedAgent(rules: AddressRules): Agent {
  const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  const guardedByPort = new Map<number, buildConnector.connector>();
  const guarded = (port: number) => {
    const connector =
      guardedByPort.get(port) ?? buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup(rules, port) });
    guardedByPort.set(port, connector);
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
      if (rules.allowsName(host, port)) open(options, callback);
      else if (isIP(host) !== 0 && !rules.allowsAddress(host, port)) callback(blocked(host), null);
      else guarded(port)(options, callback);
    },
  });
}

function guardedLookup(rules: AddressRules, port: number): LookupFunction {
  return (host, options, callback) => {
    resolveName(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const first = addresses[0];
      if (!first || addresses.some(({ address }) => !rules.allowsAddress(address, port))) callback(blocked(host), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function blocked(host: string): Error & { code: string } {
  return Object.assign(new Error(`calls to ${host} are not allowed`), { code: BLOCKED });
}
