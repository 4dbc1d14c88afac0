import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { TracePort, TraceRecord, TraceText } from '@crossdock/engine';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { traceSubject } from './names.ts';

const compress = promisify(gzip);

/** A batch is sent when it is this old or this large (JSON before compression). */
const FLUSH_AFTER_MS = 100;
const MAX_BATCH_BYTES = 512 * 1024;
/** What waits for the bus; beyond it traces are dropped and counted. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

interface Batch {
  subject: string;
  records: string[];
  bytes: number;
}

/** Payload traces in compressed batches per flow. Best effort: what the bus does not take is dropped and counted, nobody waits. */
export function createTrace(link: Link): TracePort & { flush(): Promise<void>; dropped(): number } {
  const open = new Map<string, Batch>();
  const sending = new Set<Promise<void>>();
  let waitingBytes = 0;
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;

  return {
    record(record) {
      const text = textOf(record);
      if (waitingBytes + text.length > MAX_WAITING_BYTES) {
        dropped++;
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
        link.log.warn({ dropped: batch.records.length, reason: String(error) }, 'payload traces were dropped');
      })
      .finally(() => {
        waitingBytes -= batch.bytes;
        sending.delete(done);
      });
    sending.add(done);
  }

  async function publish(batch: Batch): Promise<void> {
    await link.publish(batch.subject, await compress(`[${batch.records.join(',')}]`));
  }
}

/** The JSON of a `TraceRecord`. */
function textOf({ payloads, ...head }: TraceText): string {
  const parts = payloads.map(
    ({ ref, json, truncated, size }) =>
      `{"ref":${JSON.stringify(ref)},${json === undefined ? '' : `"value":${json},`}${truncated ? '"truncated":true,' : ''}"size":${size}}`,
  );
  return `${JSON.stringify(head).slice(0, -1)},"payloads":[${parts.join(',')}]}`;
}

/** Reads what the trace port sent; empty when the bytes are none. */
export function decodeTraceBatch(data: Uint8Array): TraceRecord[] {
  try {
    const records = decodeJson(gunzipSync(data));
    return Array.isArray(records) ? (records as TraceRecord[]) : [];
  } catch {
    return [];
  }
}
