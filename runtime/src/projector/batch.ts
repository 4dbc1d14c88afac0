import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync } from 'node:zlib';
import type { FeedRecord, RefusalCount } from '@crossdock/bus';
import type { DeadLetterRecord, RestingValue } from '@crossdock/engine';
import { type ExecutionRecord, partsOf, rowOfSnapshot, rowOfTrigger, type SnapshotParts } from './execution-rows.ts';

const compressBeside = promisify(zstdCompress);
const WORTH_COMPRESSING = 1024;
/**
 * The trace wants to be cheap more than small. Most payloads are a few kB: handing one to another thread costs ten times as much as compressing
 * it, and the tables that zstd makes by itself cost as much again. A batch of large ones would hold up the event loop.
 */
const CHEAP = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 1,
    [constants.ZSTD_c_windowLog]: 15,
    [constants.ZSTD_c_hashLog]: 10,
    [constants.ZSTD_c_chainLog]: 10,
  },
};
const WORTH_A_THREAD = 32 * 1024;

export interface PayloadRow {
  execution_id: string;
  ref: string;
  env: string;
  content: Uint8Array | null;
  encoding: 'json' | 'zstd';
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
  for (const one of records) {
    if (one.kind === 'trigger') {
      const row = rowOfTrigger(one.record, one.seq);
      put(row);
      newestTrigger = later(newestTrigger, row.started_at);
      for (const payload of await triggerPayloads(one)) payloads.set(`${payload.execution_id}/${payload.ref}`, payload);
    } else if (one.kind === 'journal') {
      const row = rowOfSnapshot(one.record);
      if (put(row)) parts.set(row.execution_id, partsOf(one.record));
      if (row.ended_at) newestEnd = later(newestEnd, row.ended_at);
    } else if (one.kind === 'trace') {
      for (const payload of one.record.payloads)
        payloads.set(`${one.record.executionId}/${payload.ref}`, await payloadRow(one.record, payload));
    } else if (one.kind === 'refusal') {
      const { count, ...place } = one.record;
      const key = JSON.stringify(Object.entries(place).sort());
      refusals.set(key, { ...one.record, count: Math.max(count, refusals.get(key)?.count ?? 0) });
    } else deadLetters.set(one.record.executionId, one.record);
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

/** What came in, and what a replay from inside the flow begins with: that was never emitted by one of its own nodes. */
async function triggerPayloads({ record, written }: Extract<FeedRecord, { kind: 'trigger' }>): Promise<PayloadRow[]> {
  const blob = record.payloadBlob;
  const own = written
    ? payloadRow(record, { ref: 'trigger', json: written })
    : restingRow(record, 'trigger', blob === undefined ? { value: record.payload } : { blob });
  const seeds = Object.entries(record.seed?.outputs ?? {}).filter(([ref]) => ref !== 'trigger');
  return Promise.all([own, ...seeds.map(([ref, resting]) => restingRow(record, ref, resting))]);
}

async function restingRow(of: Of, ref: string, resting: RestingValue): Promise<PayloadRow> {
  if ('value' in resting) return payloadRow(of, { ref, json: JSON.stringify(resting.value ?? null) });
  return { ...(await payloadRow(of, { ref })), content: null, encoding: 'json', blob: resting.blob, size: 0 };
}

async function payloadRow(
  { executionId, env }: Of,
  {
    ref,
    json = 'null',
    truncated = false,
    size,
  }: {
    ref: string;
    json?: string | Uint8Array;
    truncated?: boolean;
    size?: number;
  },
): Promise<PayloadRow> {
  const text = typeof json === 'string' ? Buffer.from(json) : json;
  const isSmall = text.length < WORTH_COMPRESSING;
  return {
    execution_id: executionId,
    ref,
    env,
    content: isSmall ? text : await compressed(text),
    encoding: isSmall ? 'json' : 'zstd',
    blob: null,
    size: size || text.length,
    truncated,
    stored_at: new Date(),
  };
}

async function compressed(text: Uint8Array): Promise<Buffer> {
  return text.length < WORTH_A_THREAD ? zstdCompressSync(text, CHEAP) : compressBeside(text, CHEAP);
}
