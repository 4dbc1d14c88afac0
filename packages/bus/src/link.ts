import { setTimeout as sleep } from 'node:timers/promises';
import { FlowError } from '@crossdock/errors';
import {
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type StoredMsg,
} from '@nats-io/jetstream';
import { type ConnectionOptions, errors, type MsgHdrs, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { isUnheard } from './bus-errors.ts';
import type { BusLog } from './bus-log.ts';
import { createPublisher, type Stored } from './publisher.ts';

/** How long one JetStream request may take. */
export const REQUEST_TIMEOUT_MS = 2_000;
const UNHEARD_TRIES = 5;
const UNHEARD_DELAY_MS = 100;
const RECONNECT_WAIT_MS = 200;
/** A silent server is noticed after two of these. */
const PING_INTERVAL_MS = 4_000;

/** One NATS connection with what the parts of the bus share: requests that fail fast while the server is away, leader reads. */
export interface Link {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly log: BusLog;
  isConnected(): boolean;
  /** Throws `SYSTEM_BUS_UNAVAILABLE` while disconnected: what is asked then would wait in the client's buffer. */
  requireConnected(): void;
  /** Calls back after each reconnect; gives the function that ends it. */
  onReconnect(listener: () => void): () => void;
  /**
   * One try, but for a stream that nobody hears for a moment, as right after it was made on a cluster. Rejects at once while disconnected, so
   * that nothing waits in the client's buffer and goes out late.
   */
  publish(subject: string, data: Uint8Array | string, fields?: Record<string, string | undefined>): Promise<Stored>;
  /** The newest message on a subject (wildcards allowed), from the stream's leader. */
  last(stream: string, subject: string): Promise<StoredMsg | undefined>;
  /** The first message on a subject (wildcards allowed) from this sequence on, from the stream's leader. */
  next(stream: string, subject: string, fromSeq: number): Promise<StoredMsg | undefined>;
  /** Resolves when connected again or after `ms`. */
  waitConnected(ms: number): Promise<void>;
}

/** Connects and never gives up reconnecting; the first connection must succeed. Throws `SYSTEM_BUS_UNAVAILABLE` or `CONFIG_INVALID`. */
export async function openLink(options: ConnectionOptions, log: BusLog): Promise<Link> {
  const nc = await connect({
    ...options,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_WAIT_MS,
    reconnectJitter: RECONNECT_WAIT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: 2,
    timeout: 5_000,
    noAsyncTraces: true,
    ignoreAuthErrorAbort: true,
  }).catch((cause: unknown) => {
    // A time-out is a machine that is too busy to sign in, which the client calls by the same name.
    if (cause instanceof errors.AuthorizationError && !/timeout/i.test(cause.message))
      throw new FlowError('CONFIG_INVALID', {
        details: { what: 'the NATS sign-in', reason: `the server refuses it (${cause.message})` },
        cause,
      });
    throw new FlowError('SYSTEM_BUS_UNAVAILABLE', { cause });
  });
  const js = jetstream(nc, { timeout: REQUEST_TIMEOUT_MS });
  const jsm = await jetstreamManager(nc, { timeout: REQUEST_TIMEOUT_MS, checkAPI: false });
  const publishOnce = createPublisher(nc, REQUEST_TIMEOUT_MS);
  const listeners = new Set<() => void>();
  let connected = true;
  void follow();
  const requireConnected = (): void => {
    if (!connected) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
  };

  return {
    nc,
    js,
    jsm,
    log,
    // That it was closed is told later than it holds.
    isConnected: () => connected && !nc.isClosed(),
    requireConnected,
    onReconnect(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async publish(subject, data, fields) {
      for (let tries = 1; ; tries++) {
        requireConnected();
        try {
          return await publishOnce(subject, data, fields && headersOf(fields));
        } catch (error) {
          if (!isUnheard(error) || tries === UNHEARD_TRIES) throw error;
          await sleep(UNHEARD_DELAY_MS);
        }
      }
    },
    async last(stream, subject) {
      requireConnected();
      return (await jsm.streams.getMessage(stream, { last_by_subj: subject })) ?? undefined;
    },
    async next(stream, subject, fromSeq) {
      requireConnected();
      // The server takes both fields together; the client's type does not know it.
      const query = { seq: Math.max(1, fromSeq), next_by_subj: subject };
      return (await jsm.streams.getMessage(stream, query)) ?? undefined;
    },
    async waitConnected(ms) {
      const end = Date.now() + ms;
      while (!connected && Date.now() < end) await sleep(Math.min(50, end - Date.now()));
    },
  };

  async function follow(): Promise<void> {
    for await (const status of nc.status()) {
      if (status.type === 'disconnect') {
        connected = false;
        log.warn({ server: status.server }, 'the message bus is away');
      } else if (status.type === 'reconnect') {
        connected = true;
        log.info({ server: status.server }, 'the message bus is back');
        for (const listener of listeners) listener();
      } else if (status.type === 'error') {
        log.warn({ reason: status.error.message }, 'the message bus complains');
      }
    }
    connected = false;
  }
}

/**
 * Headers on their way out. Sending asks them for nothing but their bytes; the client's own class looks each name up among the others and
 * brings it into its canonical form, message by message.
 */
function headersOf(fields: Record<string, string | undefined>): MsgHdrs {
  let text = 'NATS/1.0\r\n';
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined) continue;
    if (/[\r\n]/.test(value)) throw new TypeError(`the header ${name} has a line break`);
    text += `${name}: ${value}\r\n`;
  }
  const bytes = Buffer.from(`${text}\r\n`);
  return { encode: () => bytes } as unknown as MsgHdrs;
}
