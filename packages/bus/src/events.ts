import type { CloudEvent } from '@crossdock/connector-sdk';
import type { EventPort } from '@crossdock/engine';
import { busError } from './bus-errors.ts';
import { readRecord } from './cas-record.ts';
import { firstSince } from './first-since.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { eventFilter, eventSubject, expectationSubject, SERVER_HEADERS } from './names.ts';
import { publishPatiently, storeOnce } from './publish-patiently.ts';
import { STREAMS } from './streams.ts';

/** A registration is kept so long after its time. */
const EXPECTATION_GRACE_S = 86_400;

/** That an execution is to be rung for events with a key. */
interface Expectation {
  key: string;
  until: string;
}

/** Events on `ORD`, each once by source and id on a subject of its own; who waits for them on `WAIT`. */
export function createEvents(link: Link): EventPort {
  return {
    async emit(env, key, event) {
      await storeOnce(link, eventSubject(env, key, event), JSON.stringify(event));
    },
    async find({ env, key, eventType, since }) {
      try {
        return await findEvent(link, eventFilter(env, key), { eventType, since: Date.parse(since) });
      } catch (cause) {
        throw busError(cause);
      }
    },
    async expect(address, { key, until }) {
      const subject = expectationSubject(address, key);
      const known = await readRecord<Expectation>(link, { stream: STREAMS.waits, subject });
      // Two waits of one execution for the same key: the longer one counts.
      if (known && known.value.until >= until) return;
      const leftS = Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000));
      await publishPatiently(link, subject, JSON.stringify({ key, until } satisfies Expectation), {
        [SERVER_HEADERS.ttl]: `${leftS + EXPECTATION_GRACE_S}s`,
      });
    },
  };
}

/** Most often nothing new is there, which the newest event tells by itself. */
async function findEvent(
  link: Link,
  filter: string,
  { eventType, since }: { eventType: string | undefined; since: number },
): Promise<CloudEvent | undefined> {
  const newest = await link.last(STREAMS.events, filter);
  if (newest === undefined || newest.time.getTime() < since) return undefined;
  let seq = await firstSince(link, STREAMS.events, filter, since);
  for (;;) {
    const stored = await link.next(STREAMS.events, filter, seq);
    if (stored === undefined) return undefined;
    const event = decodeJson(stored.data) as CloudEvent | undefined;
    const isMeant = event !== undefined && (eventType === undefined || event.type === eventType);
    if (isMeant && stored.time.getTime() >= since) return event;
    seq = stored.seq + 1;
  }
}
