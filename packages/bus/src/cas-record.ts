import { setTimeout as sleep } from 'node:timers/promises';
import { FlowError } from '@crossdock/errors';
import { API_CODES, apiCode, busError, isUnclear } from './bus-errors.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { SERVER_HEADERS } from './names.ts';

/** A write waits out a change of leader (5–9 s) before it gives up. */
const WRITE_TIMEOUT_MS = 15_000;
const RETRY_DELAY_MS = 50;

/** A record on a subject of its own. `token` is unique per write: it tells a writer whether an unclear write was its own. */
export interface CasRecord {
  token: string;
}

/** Where a record rests. */
export interface RecordPlace {
  stream: string;
  subject: string;
}

/** A record as the stream's leader has it. */
export interface StoredRecord<Value> {
  value: Value;
  /** Its sequence: what the next writer expects. */
  version: number;
  /** When it was written, by the server's clock, in milliseconds since 1970. */
  storedAt: number;
}

/** Asks the stream's leader. Throws `SYSTEM_BUS_…`, or `SYSTEM_UNEXPECTED` when what is there cannot be read. */
export async function readRecord<Value>(
  link: Link,
  { stream, subject }: RecordPlace,
  decode: (data: Uint8Array) => unknown = decodeJson,
): Promise<StoredRecord<Value> | undefined> {
  try {
    const stored = await link.last(stream, subject);
    if (stored === undefined) return undefined;
    const value = decode(stored.data);
    if (value === undefined)
      throw new FlowError('SYSTEM_UNEXPECTED', {
        details: { reason: `${stream} record ${stored.seq} cannot be read` },
      });
    return { value: value as Value, version: stored.seq, storedAt: stored.time.getTime() };
  } catch (cause) {
    throw busError(cause);
  }
}

/**
 * Compare-and-swap: writes when the subject still stands at `expectedVersion` (0 = nothing there) and gives the new version, or undefined when
 * another writer was first. 10164 is tried again; what is unclear (timeouts, 10071) is settled by asking the leader for the token.
 * Throws `SYSTEM_BUS_…` when the bus stays away for `timeoutMs`.
 */
export async function swapRecord<Value extends CasRecord>(
  link: Link,
  place: RecordPlace,
  record: Value,
  { expectedVersion, fields, timeoutMs = WRITE_TIMEOUT_MS, encode = JSON.stringify }: SwapOptions<Value>,
): Promise<number | undefined> {
  const deadline = Date.now() + timeoutMs;
  const body = encode(record);
  for (;;) {
    try {
      const headers = { ...fields, [SERVER_HEADERS.expectedLastSubjectSequence]: String(expectedVersion) };
      return (await link.publish(place.subject, body, headers)).seq;
    } catch (error) {
      const isStale = apiCode(error) === API_CODES.wrongLastSequence;
      const isRetryable = isStale || apiCode(error) === API_CODES.wrongLastSequenceUnknown || isUnclear(error);
      if (!isRetryable) throw busError(error);
      const stored = await readRecord<CasRecord>(link, place).catch(() => 'unclear' as const);
      if (stored !== 'unclear') {
        if (stored?.value.token === record.token) return stored.version;
        if ((stored?.version ?? 0) !== expectedVersion) return undefined;
      }
      if (Date.now() >= deadline) throw busError(error);
      await sleep(RETRY_DELAY_MS * (0.5 + Math.random()));
      await link.waitConnected(deadline - Date.now());
    }
  }
}

export interface SwapOptions<Value> {
  expectedVersion: number;
  fields?: Record<string, string | undefined>;
  timeoutMs?: number;
  /** The record's text; its `token` is read back as JSON whatever else is in it. */
  encode?: (record: Value) => string;
}
