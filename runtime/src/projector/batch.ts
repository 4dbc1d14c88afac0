import type { FeedRecord, RefusalCount } from '@crossdock/bus';
import type { DeadLetterRecord, RestingValue } from '@crossdock/engine';
import { type ExecutionRecord, partsOf, rowOfSnapshot, rowOfTrigger, type SnapshotParts } from './execution-rows.ts';
import { type PayloadPack, PayloadPacks, type TracedValue } from './payload-packs.ts';

/** What a batch of records comes to: each row once, the newest of each execution, in the order of ids (two writers never deadlock). */
export interface Batch {
  executions: ExecutionRecord[];
  /** Of the executions whose newest record is a journal snapshot. */
  parts: Map<string, SnapshotParts>;
  payloads: PayloadPack[];
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
  const payloads = new PayloadPacks();
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
      addTriggerPayloads(payloads, one);
    } else if (one.kind === 'journal') {
      const row = rowOfSnapshot(one.record);
      if (put(row)) parts.set(row.execution_id, partsOf(one.record));
      if (row.ended_at) newestEnd = later(newestEnd, row.ended_at);
    } else if (one.kind === 'trace') {
      for (const { ref, json = 'null', truncated } of one.record.payloads)
        payloads.add(one.record, ref, { json, truncated });
    } else if (one.kind === 'refusal') {
      const { count, ...place } = one.record;
      const key = JSON.stringify(Object.entries(place).sort());
      refusals.set(key, { ...one.record, count: Math.max(count, refusals.get(key)?.count ?? 0) });
    } else deadLetters.set(one.record.executionId, one.record);
  }
  return {
    executions: sorted(executions),
    parts,
    payloads: await payloads.rows(new Date()),
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

/** What came in, and what a replay from inside the flow begins with: that was never emitted by one of its own nodes. */
function addTriggerPayloads(
  payloads: PayloadPacks,
  { record, written }: Extract<FeedRecord, { kind: 'trigger' }>,
): void {
  const blob = record.payloadBlob;
  if (written) payloads.add(record, 'trigger', { json: written });
  else payloads.add(record, 'trigger', restingValue(blob === undefined ? { value: record.payload } : { blob }));
  for (const [ref, resting] of Object.entries(record.seed?.outputs ?? {}))
    if (ref !== 'trigger') payloads.add(record, ref, restingValue(resting));
}

function restingValue(resting: RestingValue): TracedValue {
  return 'value' in resting ? { json: JSON.stringify(resting.value ?? null) } : { blob: resting.blob };
}
