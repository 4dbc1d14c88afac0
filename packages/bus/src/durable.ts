import { AckPolicy, type ConsumerConfig, type ConsumerInfo, DeliverPolicy } from '@nats-io/jetstream';
import { API_CODES, apiCode } from './bus-errors.ts';
import type { Link } from './link.ts';

/** An unacked message comes again after this; `working()` every third of it keeps it. */
export const ACK_WAIT_MS = 8_000;
const NANOS_PER_MS = 1_000_000;

export interface DurableSpec {
  stream: string;
  name: string;
  filter?: string;
  maxAckPending: number;
  /** One that has to be made begins with what comes from now on. */
  isOnlyNew?: boolean;
  /** The server removes it when nobody has pulled for so long; never when left out. */
  idleMs?: number;
  /** Where a consumer that has to be made begins; the stream's first message when left out. */
  startSeq?: () => Promise<number | undefined>;
}

/**
 * Sees that a durable pull consumer exists, and that `max_ack_pending` and filter are as wanted. Looks first and creates only what is missing: on
 * a standalone server a refused create could harm the live consumer (nats-server #8491). No `backoff`, no last delivery:
 * delays and poison are the engine's.
 */
export async function ensureDurable({ jsm }: Link, spec: DurableSpec): Promise<ConsumerInfo> {
  const existing = await jsm.consumers.info(spec.stream, spec.name).catch((error: unknown) => {
    if (apiCode(error) === API_CODES.consumerNotFound) return undefined;
    throw error;
  });
  const wanted = {
    max_ack_pending: spec.maxAckPending,
    ...(spec.filter === undefined ? {} : { filter_subject: spec.filter }),
  };
  if (existing) {
    const { max_ack_pending, filter_subject } = existing.config;
    const isRight = max_ack_pending === spec.maxAckPending && (filter_subject || undefined) === spec.filter;
    return isRight ? existing : jsm.consumers.update(spec.stream, spec.name, { ...existing.config, ...wanted });
  }
  const startSeq = await spec.startSeq?.();
  const config: Partial<ConsumerConfig> = {
    durable_name: spec.name,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_MS * NANOS_PER_MS,
    max_deliver: -1,
    ...wanted,
    ...(spec.idleMs === undefined ? {} : { inactive_threshold: spec.idleMs * NANOS_PER_MS }),
    ...(startSeq === undefined
      ? { deliver_policy: spec.isOnlyNew ? DeliverPolicy.New : DeliverPolicy.All }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: startSeq }),
  };
  return jsm.consumers.add(spec.stream, config);
}
