import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionAddress, type JournalPort, type JournalSnapshot, TERMINAL_STATUSES } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { API_CODES, apiCode, busError, isUnclear } from './bus-errors.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { journalSubject, SERVER_HEADERS } from './names.ts';
import { STREAMS } from './streams.ts';

const DAY_S = 86_400;
/** A terminal record outlives every redelivery; failures stay for a replay. */
const TERMINAL_TTL_S = DAY_S;
const FAILED_TTL_S = 30 * DAY_S;
/** A write waits out a change of leader (5–9 s) before it gives up. */
const WRITE_TIMEOUT_MS = 15_000;
const RETRY_DELAY_MS = 50;

/** Snapshots on `JRN`: compare-and-swap on a stream that keeps one message per subject, unclear writes settled by the writer token. */
export function createJournal(link: Link): JournalPort {
  return {
    read: (address) => readLeader(link, address),
    async write(snapshot, expectedVersion) {
      const deadline = Date.now() + WRITE_TIMEOUT_MS;
      const body = JSON.stringify(snapshot);
      for (;;) {
        try {
          const ack = await link.publish(journalSubject(snapshot), body, {
            [SERVER_HEADERS.expectedLastSubjectSequence]: String(expectedVersion),
            [SERVER_HEADERS.ttl]: ttlOf(snapshot),
          });
          return ack.seq;
        } catch (error) {
          const isStale = apiCode(error) === API_CODES.wrongLastSequence;
          const isRetryable = isStale || apiCode(error) === API_CODES.wrongLastSequenceUnknown || isUnclear(error);
          if (!isRetryable) throw busError(error);
          const settled = await settle(link, snapshot, expectedVersion);
          if (settled !== undefined) return settled;
          if (Date.now() >= deadline) throw busError(error);
          await sleep(RETRY_DELAY_MS * (0.5 + Math.random()));
          await link.waitConnected(deadline - Date.now());
        }
      }
    },
  };
}

/**
 * What an unclear write came to, asked of the leader: its version when it was ours, undefined when nothing was written (or nothing can be
 * read yet). Throws `SYSTEM_LEASE_LOST` when another writer was first.
 */
async function settle(link: Link, mine: JournalSnapshot, expectedVersion: number): Promise<number | undefined> {
  let stored: Awaited<ReturnType<typeof readLeader>>;
  try {
    stored = await readLeader(link, mine);
  } catch {
    return undefined;
  }
  if (stored?.snapshot.token === mine.token) return stored.version;
  if ((stored?.version ?? 0) !== expectedVersion)
    throw new FlowError('SYSTEM_LEASE_LOST', { details: { executionId: mine.executionId } });
  return undefined;
}

async function readLeader(
  link: Link,
  address: ExecutionAddress,
): Promise<{ snapshot: JournalSnapshot; version: number } | undefined> {
  try {
    const stored = await link.last(STREAMS.journal, journalSubject(address));
    if (stored === undefined) return undefined;
    const snapshot = decodeJson(stored.data);
    if (snapshot === undefined)
      throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: `journal record ${stored.seq} is not JSON` } });
    return { snapshot: snapshot as JournalSnapshot, version: stored.seq };
  } catch (cause) {
    throw busError(cause);
  }
}

function ttlOf({ status }: JournalSnapshot): string | undefined {
  if (!TERMINAL_STATUSES.some((terminal) => terminal === status)) return undefined;
  const isFailure = status === 'failed' || status === 'compensation-failed';
  return `${isFailure ? FAILED_TTL_S : TERMINAL_TTL_S}s`;
}
