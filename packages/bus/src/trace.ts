import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { TracePort, TraceRecord } from '@crossdock/engine';
import type { Link } from './link.ts';
import { DROPPED_TRACES_SUBJECT, SERVER_HEADERS, traceSubject } from './names.ts';

const compress = promisify(zstdCompress);
/** A trace wants to be cheap more than small; gzip costs ten times as much. */
const CHEAP = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A batch is sent when it is this old or this large (JSON before compression). */
const FLUSH_AFTER_MS = 100;
const MAX_BATCH_BYTES = 512 * 1024;
/** What waits for the bus; beyond it traces are dropped and counted. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
const TELL_DROPPED_MS = 2_000;

interface Batch {
  subject: string;
  records: string[];
  bytes: number;
}

/** Payload traces in compressed batches per flow. Best effort: what the bus does not take is dropped and counted, nobody waits. */
export function createTrace(link: Link): TracePort & { flush(): Promise<void>; dropped(): number } {
  const open = new Map<string, Batch>();
  const sending = new Set<Promise<void>>();
  const tellDropped = countDropped(link);
  let waitingBytes = 0;
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;

  return {
    record(record) {
      const text = linesOf(record);
      if (waitingBytes + text.length > MAX_WAITING_BYTES) {
        dropped++;
        tellDropped(1);
        return;
      }
      waitingBytes += text.length;
      const subject = traceSubject(record.env, record.flowId);
      const batch = open.get(subject) ?? { subject, records: [], bytes: 0 };
      if (batch.bytes + text.length > MAX_BATCH_BYTES && batch.records.length > 0) {
        send(batch);
        open.set(subject, { subject, records: [text], bytes: text.length });
      } else {
        batch.records.push(text);
        batch.bytes += text.length;
        open.set(subject, batch);
      }
      timer ??= setTimeout(sendAll, FLUSH_AFTER_MS);
    },
    async flush() {
      sendAll();
      await Promise.all(sending);
    },
    dropped: () => dropped,
  };

  function sendAll(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const batch of open.values()) send(batch);
    open.clear();
  }

  function send(batch: Batch): void {
    const done = publish(batch)
      .catch((error: unknown) => {
        dropped += batch.records.length;
        tellDropped(batch.records.length);
        link.log.warn({ dropped: batch.records.length, reason: String(error) }, 'payload traces were dropped');
      })
      .finally(() => {
        waitingBytes -= batch.bytes;
        sending.delete(done);
      });
    sending.add(done);
  }

  async function publish(batch: Batch): Promise<void> {
    await link.publish(batch.subject, await compress(batch.records.join('\n'), CHEAP));
  }
}

/** Adds to the installation's count of dropped traces, now and then, so that whoever watches over it knows of all workers' together. */
function countDropped(link: Link): (records: number) => void {
  let untold = 0;
  let isPlanned = false;
  const tell = async (): Promise<void> => {
    isPlanned = false;
    const records = untold;
    untold = 0;
    try {
      await link.publish(DROPPED_TRACES_SUBJECT, '', { [SERVER_HEADERS.increment]: `+${records}` });
    } catch {
      add(records);
    }
  };
  const add = (records: number): void => {
    untold += records;
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(tell, TELL_DROPPED_MS).unref();
  };
  return add;
}

/** A line for the record, then one for each of its payloads: whoever stores them need not read them as JSON. */
function linesOf({ payloads, ...head }: TraceRecord): string {
  const lines = [JSON.stringify({ ...head, payloads: payloads.map(({ json: _json, ...payload }) => payload) })];
  for (const { json = '' } of payloads) lines.push(json);
  return lines.join('\n');
}

/** Reads what the trace port sent; empty when the bytes are none. */
export function decodeTraceBatch(data: Uint8Array): TraceRecord[] {
  try {
    const lines = zstdDecompressSync(data).toString().split('\n');
    const records: TraceRecord[] = [];
    for (let at = 0; at < lines.length; ) {
      const record = JSON.parse(lines[at++] ?? '') as TraceRecord;
      for (const payload of record.payloads) {
        const json = lines[at++];
        if (json) payload.json = json;
      }
      records.push(record);
    }
    return records;
  } catch {
    return [];
  }
}
