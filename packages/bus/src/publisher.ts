import { type ApiError, JetStreamApiError, type PubAck } from '@nats-io/jetstream';
import { createInbox, errors, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/nats-core';
import { endOfTurn } from './end-of-turn.ts';
import { decodeJson } from './json.ts';

/** What the server says to a message; `val` is the new value of a counter (ADR-49), which the client's type does not know. */
export type Stored = PubAck & { val?: string };

/** Sends one message and resolves when a stream has it. */
export type Publish = (subject: string, data: Uint8Array | string, headers?: MsgHdrs) => Promise<Stored>;

interface Unanswered {
  subject: string;
  /** In milliseconds since 1970. */
  deadline: number;
  resolve(stored: Stored): void;
  reject(error: Error): void;
}

/** So much later than `timeoutMs` a missing answer may be noticed. */
const SWEEP_INTERVAL_MS = 250;

/**
 * Publishes to streams with one inbox for all answers. The client's own `publish` makes an error and a timer for each message and writes each
 * by itself: half of what a message costs. Rejects with what the client's would: `JetStreamApiError` where the server refuses, `TimeoutError`
 * without an answer within about `timeoutMs`, an error as `isUnheard` knows it where no stream listens.
 */
export function createPublisher(nc: NatsConnection, timeoutMs: number): Publish {
  const inbox = `${createInbox()}.`;
  // In the order of their deadlines, as all are given the same time.
  const unanswered = new Map<string, Unanswered>();
  let serial = 0;
  nc.subscribe(`${inbox}*`, {
    callback: (error, message) => {
      if (!error) answer(message);
    },
  });
  const sweeper = setInterval(sweep, SWEEP_INTERVAL_MS);
  sweeper.unref();
  void nc.closed().then(() => {
    clearInterval(sweeper);
    for (const { reject } of unanswered.values()) reject(new errors.ClosedConnectionError());
    unanswered.clear();
  });

  return async (subject, data, headers) => {
    await endOfTurn();
    const token = String(serial++);
    const reply = `${inbox}${token}`;
    // Encoding by the client costs several times as much.
    nc.publish(subject, typeof data === 'string' ? Buffer.from(data) : data, headers ? { reply, headers } : { reply });
    return new Promise((resolve, reject) => {
      unanswered.set(token, { subject, deadline: Date.now() + timeoutMs, resolve, reject });
    });
  };

  function answer(message: Msg): void {
    const token = message.subject.slice(inbox.length);
    const one = unanswered.get(token);
    if (one === undefined) return;
    unanswered.delete(token);
    const said = decodeJson(message.data) as Partial<Stored & { error: ApiError }> | undefined;
    if (said?.error) one.reject(new JetStreamApiError(said.error));
    else if (said?.stream) one.resolve(said as Stored);
    else one.reject(message.headers?.code === 503 ? unheard(one.subject) : new Error('no answer of a stream'));
  }

  function sweep(): void {
    for (const [token, { deadline, reject }] of unanswered) {
      if (deadline > Date.now()) return;
      unanswered.delete(token);
      reject(new errors.TimeoutError());
    }
  }
}

function unheard(subject: string): Error {
  const cause = new errors.RequestError('', { cause: new errors.NoRespondersError(subject) });
  return new Error(`no stream listens to "${subject}"`, { cause });
}
