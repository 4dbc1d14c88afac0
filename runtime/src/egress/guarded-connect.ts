import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { FlowError, reasonOf } from '@crossdock/errors';
import type { AddressRules } from './address-rules.ts';
import { BLOCKED, blockedLiteral, guardedLookup, type Resolve } from './guarded-lookup.ts';
import { byEnvironment, type EgressOptions } from './rules-by-environment.ts';

/** Where a socket is to lead. */
export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  /** TLS from the start, with these settings; the server's name is the host unless they say another. */
  readonly tls?: ConnectionOptions | true;
  readonly signal: AbortSignal;
}

/**
 * Opens a connection through the same guard as HTTP calls, for other protocols. The socket is connected, and secured with `tls`. Throws
 * `CONFIG_EGRESS_BLOCKED`, `REMOTE_UNAVAILABLE` or `REMOTE_TIMEOUT`.
 */
export type GuardedConnect = (target: SocketTarget) => Promise<Socket>;

/** @returns the way out of an environment */
export function createGuardedConnect(options: EgressOptions): (env: string) => GuardedConnect {
  const guarded = byEnvironment<GuardedConnect>(
    options,
    { httpOnly: false },
    {
      make: (rules, resolve) => (target) => open(rules, resolve, target),
      release: () => undefined,
    },
  );
  return (env) => (target) => guarded(env)(target);
}

async function open(rules: AddressRules, resolve: Resolve, target: SocketTarget): Promise<Socket> {
  const { tls, port, signal } = target;
  const host = target.host.replace(/^\[|\]$/g, '');
  const startedAt = performance.now();
  const remote = `${target.host}:${port}`;
  let socket: Socket | undefined;
  try {
    signal.throwIfAborted();
    const refused = blockedLiteral(rules, host, port);
    if (refused) throw refused;
    const where = { host, port, lookup: guardedLookup(rules, port, resolve), autoSelectFamily: true };
    socket = tls ? connectTls({ ...where, servername: host, ...(tls === true ? {} : tls) }) : connectTcp(where);
    await opened(socket, tls ? 'secureConnect' : 'connect', signal);
    return socket;
  } catch (cause) {
    socket?.destroy();
    if (cause instanceof Error && 'code' in cause && cause.code === BLOCKED)
      throw new FlowError('CONFIG_EGRESS_BLOCKED', { details: { host: remote, reached: false } });
    if (signal.aborted) {
      const timeoutMs = Math.round(performance.now() - startedAt);
      throw new FlowError('REMOTE_TIMEOUT', { details: { remote, timeoutMs, reached: false }, cause });
    }
    throw new FlowError('REMOTE_UNAVAILABLE', { details: { remote, reason: reasonOf(cause), reached: false }, cause });
  }
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => finish(() => reject(signal.reason));
    const fail = (error: Error) => finish(() => reject(error));
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', abort);
      socket.off('error', fail);
      settle();
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once(event, () => finish(resolve));
  });
}
