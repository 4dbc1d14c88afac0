import { type ExecutionAddress, type JournalPort, type JournalSnapshot, TERMINAL_STATUSES } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { FAILED_RECORD_DAYS } from '@crossdock/flow-model';
import { type RecordPlace, readRecord, swapRecord } from './cas-record.ts';
import { decodeSnapshot, encodeSnapshot } from './journal-codec.ts';
import type { Link } from './link.ts';
import { HEADERS, journalSubject, SERVER_HEADERS } from './names.ts';
import { STREAMS } from './streams.ts';

const DAY_S = 86_400;
/** A terminal record outlives every redelivery; failures stay for a replay. */
const TERMINAL_TTL_S = DAY_S;
const FAILED_TTL_S = FAILED_RECORD_DAYS * DAY_S;
/** On a crowded journal; what is redelivered later than this is told by the watermark. */
const CROWDED_TTL_S = 3_600;
const CROWD_CHECK_MS = 30_000;
/** Due of who sleeps until a person, a child or an event comes. */
const NO_TIMER = 'never';

/** Snapshots on `JRN`, one message per execution. With more than `maxRecords` there, what ended well is kept for an hour instead of a day. */
export function createJournal(link: Link, maxRecords: number): JournalPort {
  const isCrowded = watchCrowd(link, maxRecords);
  return {
    async read(address) {
      const stored = await readRecord<JournalSnapshot>(link, placeOf(address), decodeSnapshot);
      return stored && { snapshot: stored.value, version: stored.version };
    },
    async write(snapshot, expectedVersion) {
      const fields = { ...labels(snapshot), [SERVER_HEADERS.ttl]: ttlOf(snapshot, isCrowded) };
      const version = await swapRecord(link, placeOf(snapshot), snapshot, {
        expectedVersion,
        fields,
        encode: encodeSnapshot,
      });
      if (version !== undefined) return version;
      throw new FlowError('SYSTEM_LEASE_LOST', { details: { executionId: snapshot.executionId } });
    },
  };
}

function placeOf(address: ExecutionAddress): RecordPlace {
  return { stream: STREAMS.journal, subject: journalSubject(address) };
}

/** What the reconciler reads instead of the record. */
function labels({ status, asleep, wakeAt }: JournalSnapshot): Record<string, string | undefined> {
  const due = wakeAt === undefined ? NO_TIMER : String(Date.parse(wakeAt));
  return { [HEADERS.status]: status, [HEADERS.due]: asleep ? due : undefined };
}

export function isTerminalStatus(status: string): boolean {
  return (TERMINAL_STATUSES as readonly string[]).includes(status);
}

function ttlOf({ status, trigger }: JournalSnapshot, isCrowded: () => boolean): string | undefined {
  if (!isTerminalStatus(status)) return undefined;
  if (status === 'failed' || status === 'compensation-failed') return `${FAILED_TTL_S}s`;
  // The next in a lane asks whether this one has ended, perhaps half a day later.
  return `${isCrowded() && trigger.lane === undefined ? CROWDED_TTL_S : TERMINAL_TTL_S}s`;
}

/** Looks now and then, beside the writes, how many records there are. */
function watchCrowd(link: Link, maxRecords: number): () => boolean {
  let isCrowded = false;
  let nextCheck = 0;
  return () => {
    if (Date.now() >= nextCheck) {
      nextCheck = Date.now() + CROWD_CHECK_MS;
      void check().catch(() => undefined);
    }
    return isCrowded;
  };

  async function check(): Promise<void> {
    const { state } = await link.jsm.streams.info(STREAMS.journal);
    if (state.messages > maxRecords && !isCrowded)
      link.log.warn(
        { records: state.messages, keptS: CROWDED_TTL_S },
        'the journal is crowded: executions that ended well are kept for a shorter time',
      );
    isCrowded = state.messages > maxRecords;
  }
}
