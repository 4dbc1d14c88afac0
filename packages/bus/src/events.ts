import type { CloudEvent } from '@crossdock/connector-sdk';
import type { EventPort } from '@crossdock/engine';
import type { StoredMsg } from '@nats-io/jetstream';
import { busError } from './bus-errors.ts';
import { readRecord } from './cas-record.ts';
import { firstSince } from './first-since.ts';
import { inParallel } from './in-parallel.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { ALL_EVENTS, eventFilter, eventSubject, expectationSubject, SERVER_HEADERS } from './names.ts';
import { publishPatiently, storeOnce } from './publish-patiently.ts';
import { STREAMS } from './streams.ts';
import { listSubjects } from './subjects.ts';

/** A registration is kept so long after its time. */
const EXPECTATION_GRACE_S = 86_400;
const MANY_EVENTS = 64;
const READS_AT_ONCE = 16;

/** That an execution is to be rung for events with the key that the subject holds the hash of. */
interface Expectation {
  until: string;
}

/** Events on `ORD`, each once by source and id on a subject of its own; who waits for them on `WAIT`. */
export function createEvents(link: Link): EventPort {
  return {
    async emit(env, key, event, resting = event) {
      await storeOnce(link, eventSubject(env, key, event), JSON.stringify(resting));
    },
    async find({ env, key, eventType, since }) {
      try {
        return await findEvent(link, { filter: eventFilter(env, key), eventType, since: Date.parse(since) });
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
      await publishPatiently(link, subject, JSON.stringify({ until } satisfies Expectation), {
        [SERVER_HEADERS.ttl]: `${leftS + EXPECTATION_GRACE_S}s`,
      });
    },
  };
}

interface Search {
  filter: string;
  eventType: string | undefined;
  /** Milliseconds since 1970. */
  since: number;
}

/**
 * An order has few events, which are read each by its subject. Only where a key has many is the time looked for first, on the whole stream:
 * a wildcard in the midst of it takes the server up to 20 ms.
 */
async function findEvent(link: Link, search: Search): Promise<CloudEvent | undefined> {
  const subjects = await listSubjects(link, STREAMS.events, search.filter);
  if (subjects.length === 0) return undefined;
  if (subjects.length > MANY_EVENTS) return findAmongMany(link, search);
  const read = (subject: string): Promise<StoredMsg | undefined> => link.last(STREAMS.events, subject);
  const stored = (await inParallel(subjects, READS_AT_ONCE, read)).filter((message) => message !== undefined);
  stored.sort((a, b) => a.seq - b.seq);
  for (const message of stored) {
    const event = eventIn(message, search);
    if (event) return event;
  }
  return undefined;
}

async function findAmongMany(link: Link, search: Search): Promise<CloudEvent | undefined> {
  let seq = await firstSince(link, STREAMS.events, ALL_EVENTS, search.since);
  for (;;) {
    const stored = await link.next(STREAMS.events, search.filter, seq);
    if (stored === undefined) return undefined;
    const event = eventIn(stored, search);
    if (event) return event;
    seq = stored.seq + 1;
  }
}

function eventIn({ data, time }: StoredMsg, { eventType, since }: Search): CloudEvent | undefined {
  if (time.getTime() < since) return undefined;
  const event = decodeJson(data) as CloudEvent | undefined;
  return eventType === undefined || event?.type === eventType ? event : undefined;
}
