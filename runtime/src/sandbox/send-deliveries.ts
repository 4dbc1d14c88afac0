import { setTimeout as delay } from 'node:timers/promises';
import type { Delivery } from '@crossdock/simulators';
import type { RunOptions } from './run-options.ts';
import { headersOf } from './signing.ts';

const MAX_IN_FLIGHT = 64;
/** Deliveries after which it is noted how many were sent. */
const BETWEEN_NOTES = 100;
const MAX_TRIES = 8;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
const ANSWER_WITHIN_MS = 5000;

export interface Sending {
  readonly deliveries: readonly Delivery[];
  /** So many were sent before. */
  readonly from: number;
  readonly options: Pick<RunOptions, 'hooks' | 'secret' | 'perSecond'>;
  readonly stopped: AbortSignal;
  /** Called with the status of each answer, `none` where nobody answered. */
  readonly answered: (status: string) => void;
  /** Called now and then with how many were sent for good, and at the end. */
  readonly sent: (count: number) => Promise<void>;
}

/**
 * Sends deliveries at their pace, each to its system's hook, again where the receiver was not there or not ready, as such senders do. What was
 * in flight when it stops is sent again by the next start: receivers hear it twice. Ends when all were sent, or `stopped`.
 */
export async function startSending({ deliveries, from, options, stopped, answered, sent }: Sending): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  const startedAt = performance.now();
  for (let place = from; place < deliveries.length && !stopped.aborted; place++) {
    const dueMs = ((place - from) * 1000) / options.perSecond - (performance.now() - startedAt);
    if (dueMs > 1) await pause(dueMs, stopped);
    if (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
    const sending: Promise<void> = send(deliveries[place]!, { ...options, stopped, answered }).finally(() =>
      inFlight.delete(sending),
    );
    inFlight.add(sending);
    if (place % BETWEEN_NOTES !== BETWEEN_NOTES - 1) continue;
    await Promise.all(inFlight);
    if (!stopped.aborted) await sent(place + 1);
  }
  await Promise.all(inFlight);
  if (!stopped.aborted) await sent(deliveries.length);
}

/** Waits, but not beyond a stop. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined);

type How = Sending['options'] & Pick<Sending, 'stopped' | 'answered'>;

async function send(delivery: Delivery, { hooks, secret, stopped, answered }: How): Promise<void> {
  for (let attempt = 1, waitMs = FIRST_RETRY_MS; attempt <= MAX_TRIES && !stopped.aborted; attempt++) {
    const status = await post(`${hooks}/${delivery.message.system}`, delivery, secret, stopped);
    if (stopped.aborted) return;
    answered(status);
    if (delivery.flaw !== undefined || !(status === 'none' || status === '429' || status >= '500')) return;
    await pause(waitMs, stopped);
    waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS);
  }
}

async function post(url: string, delivery: Delivery, secret: string, stopped: AbortSignal): Promise<string> {
  const headers = headersOf(delivery, secret, Date.now());
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  try {
    const answer = await fetch(url, { method: 'POST', headers, body: delivery.text, signal });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch {
    return 'none';
  }
}
