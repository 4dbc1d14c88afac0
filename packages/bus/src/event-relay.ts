import { setTimeout as sleep } from 'node:timers/promises';
import { busError } from './bus-errors.ts';
import { sendCommand } from './commands.ts';
import type { Delivery } from './delivery.ts';
import { ACK_WAIT_MS, ensureDurable } from './durable.ts';
import { inParallel } from './in-parallel.ts';
import type { Link } from './link.ts';
import { addressOfExpectation, expectationFilter } from './names.ts';
import { createPullSource } from './pull-source.ts';
import { RELAY_CONSUMER, STREAMS } from './streams.ts';
import { listSubjects } from './subjects.ts';

const MAX_IN_HAND = 64;
const MAX_ACK_PENDING = 1_024;
const BELLS_AT_ONCE = 64;
const RETRY_DELAY_MS = 1_000;
/** What is not rung by then comes again to another worker. */
const STOP_TIMEOUT_MS = 1_000;

/**
 * Rings whoever waits for each event, all workers sharing the work. An event is acked when all are rung, so each is rung at least once.
 * Who registers after the event was stored has to look for it: registrations are read after the event.
 */
export async function runEventRelay(link: Link): Promise<{ stop(): Promise<void> }> {
  const inHand = new Map<Delivery, Promise<void>>();
  const ensure = async (): Promise<void> => {
    const spec = { stream: STREAMS.events, name: RELAY_CONSUMER, maxAckPending: MAX_ACK_PENDING };
    await ensureDurable(link, spec);
  };
  try {
    await ensure();
  } catch (cause) {
    throw busError(cause);
  }
  const source = createPullSource(link, {
    stream: STREAMS.events,
    consumer: RELAY_CONSUMER,
    room: () => MAX_IN_HAND - inHand.size,
    ensure,
    onMessage(delivery) {
      const work = relay(delivery).finally(() => {
        inHand.delete(delivery);
        source.wake();
      });
      inHand.set(delivery, work);
    },
  });
  const keeper = setInterval(() => {
    for (const delivery of inHand.keys()) delivery.working();
  }, ACK_WAIT_MS / 3);

  return {
    async stop() {
      await source.close();
      const patience = new AbortController();
      await Promise.race([
        Promise.all(inHand.values()),
        sleep(STOP_TIMEOUT_MS, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
      clearInterval(keeper);
    },
  };

  async function relay(delivery: Delivery): Promise<void> {
    try {
      const filter = expectationFilter(delivery.subject);
      const waiting = filter === undefined ? [] : await listSubjects(link, STREAMS.waits, filter);
      await inParallel(waiting, BELLS_AT_ONCE, async (subject) => {
        const address = addressOfExpectation(subject);
        if (address) await sendCommand(link, address, { type: 'bell' });
      });
      delivery.ack();
    } catch (error) {
      link.log.debug({ seq: delivery.seq, reason: String(error) }, 'an event is relayed again');
      delivery.release(RETRY_DELAY_MS);
    }
  }
}
