import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { FeedRecord } from '@crossdock/bus';
import type { DeadLetterRecord, RestingValue } from '@crossdock/engine';
import { type ExecutionRecord, partsOf, rowOfSnapshot, rowOfTrigger, type SnapshotParts } from './execution-rows.ts';

const deflate = promisify(deflateRaw);
const WORTH_COMPRESSING = 1024;
/** The trace wants to be cheap more than small. */
const LEVEL = 1;

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
  /** When the newest trigger was received. */
  newestTrigger: Date | undefined;
}

export async function mergeBatch(records: readonly FeedRecord[]): Promise<Batch> {
  const executions = new Map<string, ExecutionRecord>();
  const parts = new Map<string, SnapshotParts>();
  const payloads = new Map<string, PayloadRow>();
  const deadLetters = new Map<string, DeadLetterRecord>();
  let newestTrigger: Date | undefined;
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
      if (newestTrigger === undefined || row.started_at > newestTrigger) newestTrigger = row.started_at;
      const blob = record.payloadBlob;
      const trigger: RestingValue = blob === undefined ? { value: record.payload } : { blob };
      // What a replay from inside the flow begins with was never emitted by one of its own nodes.
      for (const [ref, resting] of Object.entries({ ...record.seed?.outputs, trigger }))
        payloads.set(`${record.executionId}/${ref}`, await payloadRow(record, { ref, size: 0, ...resting }));
    } else if (kind === 'journal') {
      if (put(rowOfSnapshot(record))) parts.set(record.executionId, partsOf(record));
    } else if (kind === 'trace') {
      for (const payload of record.payloads)
        payloads.set(`${record.executionId}/${payload.ref}`, await payloadRow(record, payload));
    } else deadLetters.set(record.executionId, record);
  }
  return {
    executions: sorted(executions),
    parts,
    payloads: sorted(payloads),
    deadLetters: sorted(deadLetters),
    newestTrigger,
  };
}

function sorted<T>(byId: Map<string, T>): T[] {
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

async function payloadRow(
  { executionId, env }: { executionId: string; env: string },
  payload: { ref: string; value?: unknown; blob?: string; truncated?: true; size: number },
): Promise<PayloadRow> {
  const row = {
    execution_id: executionId,
    ref: payload.ref,
    env,
    blob: payload.blob ?? null,
    truncated: payload.truncated ?? false,
    stored_at: new Date(),
  };
  if (payload.blob !== undefined) return { ...row, content: null, encoding: 'json', size: payload.size };
  const text = Buffer.from(JSON.stringify(payload.value ?? null));
  const size = payload.size || text.length;
  if (text.length < WORTH_COMPRESSING) return { ...row, content: text, encoding: 'json', size };
  return { ...row, content: await deflate(text, { level: LEVEL }), encoding: 'deflate', size };
}
