import { FlowError } from '@crossdock/errors';
import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/nats-core';

/** Codes of nats-server's JetStream API that the bus acts on (server/errors.json). */
export const API_CODES = {
  wrongLastSequence: 10071,
  /** "Still being applied": spurious right after one's own write, so it is tried again. */
  wrongLastSequenceUnknown: 10164,
  consumerNotFound: 10014,
  streamNotFound: 10059,
  noMessage: 10037,
  /** Nowhere to place a stream: right after a cluster started it may still take a node for away. */
  noPeers: 10005,
} as const;

/** Resources exceeded, insufficient resources, memory and storage exceeded, store failed (`max_bytes`, a full disk). */
const FULL_CODES = new Set([10002, 10023, 10028, 10047, 10077]);

/** The JetStream API code of an error, if it is one. */
export function apiCode(error: unknown): number | undefined {
  return error instanceof JetStreamApiError ? error.code : undefined;
}

/** Whether the server said no for good: not for want of a leader or of room. */
export function isRefusal(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.status < 500 && !FULL_CODES.has(error.code);
}

/** Whether no stream listened to what was published (the client calls it "not enabled"). */
export function isUnheard(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof errors.RequestError && cause.isNoResponders();
}

/** What went wrong on the bus, in our words: `SYSTEM_BUS_FULL`, else `SYSTEM_BUS_UNAVAILABLE` (timeouts, no quorum, no connection). */
export function busError(cause: unknown): FlowError {
  if (cause instanceof FlowError) return cause;
  const code = apiCode(cause);
  if (code !== undefined && FULL_CODES.has(code)) return new FlowError('SYSTEM_BUS_FULL', { cause });
  if (cause instanceof Error && /max_payload|maximum payload/i.test(cause.message))
    return new FlowError('DATA_RESULT_TOO_LARGE', {
      message: 'the record is larger than the bus takes at once',
      cause,
    });
  return new FlowError('SYSTEM_BUS_UNAVAILABLE', { cause });
}

/** Whether trying again at once may help: the answer is missing, not a refusal. */
export function isUnclear(cause: unknown): boolean {
  return busError(cause).code === 'SYSTEM_BUS_UNAVAILABLE';
}
