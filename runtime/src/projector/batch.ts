import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync } from 'node:zlib';
import type { FeedRecord, RefusalCount } from '@crossdock/bus';
import type { DeadLetterRecord, RestingValue } from '@crossdock/engine';
import { type ExecutionRecord, partsOf, rowOfSnapshot, rowOfTrigger, type SnapshotParts } from './execution-rows.ts';

const deflate = promisify(deflateRaw);
const WORTH_COMPRESSING = 1024;
/**
 * The trace wants to be cheap more than small. Most payloads are a few kB: handing one to another thread costs ten times as much as compressing
 * it, and so does the memory that the usual window takes. A batch of large ones would hold up the event loop.
 */
const CHEAP = { level: 1, windowBits: 12, memLevel: 5 };
const WORTH_A_THREAD = 32 * 1024;

export interface PayloadRow {
  execution_id: string;
  ref: string;
  env: string;
  content: Uint8Array | null;
  encoding: 'json' | 'deflate';
  blob: string | null;
  size: number;
  truncated: boolean;
  stored_at: Date;
}

/** What a batch of records comes to: each row once, the newest of each execution, in the order of ids (two writers never deadlock). */
export interface Batch {
  executions: ExecutionRecord[];
  /** Of the executions whose newest record is a journal snapshot. */
  parts: Map<string, SnapshotParts>;
  payloads: PayloadRow[];
  deadLetters: DeadLetterRecord[];
  /** The highest count of each. */
  refusals: RefusalCount[];
  /** When the newest trigger was received. */
  newestTrigger: Date | undefined;
  /** When the newest of what the batch tells happened: a trigger received, an execution ended. */
  newest: Date | undefined;
}

export async function mergeBatch(records: readonly FeedRecord[]): Promise<Batch> {
  const executions = new Map<string, ExecutionRecord>();
  const parts = new Map<string, SnapshotParts>();
  const payloads = new Map<string, PayloadRow>();
  const deadLetters = new Map<string, DeadLetterRecord>();
  const refusals = new Map<string, RefusalCount>();
  let newestTrigger: Date | undefined;
  let newestEnd: Date | undefined;
  const put = (row: ExecutionRecord): boolean => {
    const known = executions.get(row.execution_id);
    if (known && known.write >= row.write) return false;
    executions.set(row.execution_id, row);
    return true;
  };
  for (const { kind, record, seq } of records) {
    if (kind === 'trigger') {
      const row = rowOfTrigger(record, seq);
      put(row);
      newestTrigger = later(newestTrigger, row.started_at);
      const blob = record.payloadBlob;
      const trigger: RestingValue = blob === undefined ? { value: record.payload } : { blob };
      // What a replay from inside the flow begins with was never emitted by one of its own nodes.
      for (const [ref, resting] of Object.entries({ ...record.seed?.outputs, trigger }))
        payloads.set(`${record.executionId}/${ref}`, await restingRow(record, ref, resting));
    } else if (kind === 'journal') {
      const row = rowOfSnapshot(record);
      if (put(row)) parts.set(record.executionId, partsOf(record));
      if (row.ended_at) newestEnd = later(newestEnd, row.ended_at);
    } else if (kind === 'trace') {
      for (const payload of record.payloads)
        payloads.set(`${record.executionId}/${payload.ref}`, await payloadRow(record, payload));
    } else if (kind === 'refusal') {
      const { count, ...place } = record;
      const key = JSON.stringify(Object.entries(place).sort());
      refusals.set(key, { ...record, count: Math.max(count, refusals.get(key)?.count ?? 0) });
    } else deadLetters.set(record.executionId, record);
  }
  return {
    executions: sorted(executions),
    parts,
    payloads: sorted(payloads),
    deadLetters: sorted(deadLetters),
    refusals: sorted(refusals),
    newestTrigger,
    newest: newestTrigger && newestEnd ? later(newestTrigger, newestEnd) : (newestTrigger ?? newestEnd),
  };
}

function later(a: Date | undefined, b: Date): Date {
  return a === undefined || b > a ? b : a;
}

function sorted<T>(byId: Map<string, T>): T[] {
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

interface Of {
  executionId: string;
  env: string;
}

async function restingRow(of: Of, ref: string, resting: RestingValue): Promise<PayloadRow> {
  if ('value' in resting) return payloadRow(of, { ref, json: JSON.stringify(resting.value ?? null) });
  return { ...(await payloadRow(of, { ref })), content: null, encoding: 'json', blob: resting.blob, size: 0 };
}

async function payloadRow(
  { executionId, env }: Of,
  { ref, json = 'null', truncated = false, size }: { ref: string; json?: string; truncated?: boolean; size?: number },
): Promise<PayloadRow> {
  const text = Buffer.from(json);
  const isSmall = text.length < WORTH_COMPRESSING;
  return {
    execution_id: executionId,
    ref,
    env,
    content: isSmall ? text : await compressed(text),
    encoding: isSmall ? 'json' : 'deflate',
    blob: null,
    size: size || text.length,
    truncated,
    stored_at: new Date(),
  };
}

async function compressed(text: Buffer): Promise<Buffer> {
  return text.length < WORTH_A_THREAD ? deflateRawSync(text, CHEAP) : deflate(text, CHEAP);
}
