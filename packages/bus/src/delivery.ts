import type { Msg, MsgHdrs } from '@nats-io/nats-core';
import { endOfTurn } from './end-of-turn.ts';

/** One delivery of a stored message by a pull consumer. */
export interface Delivery {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: MsgHdrs | undefined;
  /** Sequence on the stream. */
  readonly seq: number;
  /** When the stream took it, in nanoseconds since 1970; with the sequence it tells a stream made anew from the old one. */
  readonly storedAtNs: string;
  /** First is 1. */
  readonly deliveryCount: number;
  /** When it came here, in milliseconds since 1970; 0 where it may have lain here unread for long. */
  readonly heldSince: number;
  /** True once acked, given back or given up. */
  readonly isSettled: boolean;
  ack(): void;
  /** Gives it back, to come again after `delayMs`. */
  release(delayMs: number): void;
  /** Never to come again; the server tells `ADV`. */
  giveUp(reason: string): void;
  /** Keeps it from coming again for another `ack_wait`. */
  working(): void;
}

const NANOS_PER_MS = 1_000_000;
/** `$JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>` (ADR-15). */
const SHORT_ACK_TOKENS = 9;

/**
 * Reads a message that a pull consumer delivered; undefined when it is none. `isCurrent`: whether the connection is still the one it came by. A
 * server that was away may have forgotten that it was delivered and give it to another as new: what is acked late is not acked for that one.
 */
export function toDelivery(
  message: Msg,
  { isCurrent = () => true, heldSince = Date.now() }: { isCurrent?: () => boolean; heldSince?: number } = {},
): Delivery | undefined {
  const tokens = (message.reply ?? '').split('.');
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK') return undefined;
  const at = tokens.length === SHORT_ACK_TOKENS ? 4 : 6;
  let isSettled = false;
  const settle = (answer: string): void => {
    if (isSettled) return;
    isSettled = true;
    if (isCurrent()) send(message, answer);
  };
  return {
    subject: message.subject,
    data: message.data,
    headers: message.headers,
    deliveryCount: Number(tokens[at]),
    heldSince,
    seq: Number(tokens[at + 1]),
    storedAtNs: tokens[at + 3] ?? '',
    get isSettled() {
      return isSettled;
    },
    ack() {
      if (isSettled) return;
      isSettled = true;
      // With the acks of others: one by one they would cost more than what they end.
      void endOfTurn().then(() => isCurrent() && send(message, '+ACK'));
    },
    release: (delayMs) => settle(delayMs > 0 ? `-NAK {"delay":${Math.round(delayMs * NANOS_PER_MS)}}` : '-NAK'),
    giveUp: (reason) => settle(`+TERM ${reason}`),
    working() {
      if (!isSettled) send(message, '+WPI');
    },
  };
}

/** An ack is a hint: while the connection is away it is lost, and the message comes again. */
function send(message: Msg, answer: string): void {
  try {
    message.respond(answer);
  } catch {
    // The connection is closed; whoever takes the message next finds in the journal what was done.
  }
}
