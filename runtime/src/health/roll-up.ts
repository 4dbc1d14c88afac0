import type { Span } from '@crossdock/engine';
import { sql, type Transaction } from 'kysely';
import { storableText, type Tables } from '../store/index.ts';
import { bucketOf } from './histogram.ts';
import { SLOT_LENGTHS_MS, slotStart } from './slots.ts';

/** `retry`: a further attempt at a node; the others are how executions, or calls of a remote, ended. */
export type SlotOutcome = 'succeeded' | 'failed' | 'cancelled' | 'retry';

/** Something that ended, to be counted once: an execution of a flow, or a call of another system. */
export interface Ended {
  env: string;
  kind: 'flow' | 'remote';
  /** Flow id, or `Span.remote`. */
  name: string;
  outcome: SlotOutcome;
  /** Milliseconds since 1970. */
  at: number;
  durationMs: number;
}

export interface SlotRow {
  slot_ms: number;
  slot: Date;
  env: string;
  kind: string;
  name: string;
  outcome: string;
  bucket: number;
  count: number;
}

const MAX_NAME_LENGTH = 300;

/** Sums what ended into slots of each length, in the order of their keys (two writers never deadlock). */
export function rollUp(ended: readonly Ended[]): SlotRow[] {
  const rows = new Map<string, SlotRow>();
  for (const { env, kind, name, outcome, at, durationMs } of ended)
    for (const slotMs of SLOT_LENGTHS_MS) {
      const start = slotStart(at, slotMs);
      const bucket = outcome === 'retry' ? 0 : bucketOf(durationMs);
      const key = JSON.stringify([slotMs, start, env, kind, name, outcome, bucket]);
      const known = rows.get(key);
      if (known) known.count++;
      else rows.set(key, { slot_ms: slotMs, slot: new Date(start), env, kind, name, outcome, bucket, count: 1 });
    }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Adds to the slots. To be called in the transaction that makes what ended known, so that each is counted once however often it comes. */
export async function addToSlots(tx: Transaction<Tables>, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = rollUp(ended).map((row) => ({ ...row, name: storableText(row.name, MAX_NAME_LENGTH) }));
  await tx
    .insertInto('health_slots')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['slot_ms', 'env', 'slot', 'kind', 'name', 'outcome', 'bucket'])
        .doUpdateSet({ count: sql`health_slots.count + excluded.count` }),
    )
    .execute();
}

const OUTCOME_OF_STATUS: Readonly<Record<string, SlotOutcome>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  'compensation-failed': 'failed',
  // What had to be undone did not do what it was sent for.
  compensated: 'failed',
  cancelled: 'cancelled',
};

/** How a terminal status counts; undefined while an execution has not ended. */
export const outcomeOf = (status: string): SlotOutcome | undefined => OUTCOME_OF_STATUS[status];

/** Whether an attempt is over: one that waits for something outside still goes on, but a call that is in doubt has been made. */
const isOver = ({ status, retryAt, error }: Span): boolean =>
  status !== 'running' && (status !== 'waiting' || retryAt !== undefined || error !== undefined);

/** The attempts of an execution that are over now and were not in the record before, as calls of remotes and as retries of its flow. */
export function attemptsOf(
  { env, flowId }: { env: string; flowId: string },
  spans: readonly Span[],
  before: readonly Span[] = [],
): Ended[] {
  const counted = new Set(before.filter(isOver).map(({ spanId }) => spanId));
  return spans
    .filter((span) => isOver(span) && !counted.has(span.spanId))
    .flatMap((span): Ended[] => {
      const { attempt, status, durationMs, remote, decidedBy } = span;
      const at = Date.parse(span.startedAt) + durationMs;
      const retry: Ended[] = attempt > 1 ? [{ env, kind: 'flow', name: flowId, outcome: 'retry', at, durationMs }] : [];
      // What a person decided is no answer of the remote.
      if (remote === undefined || status === 'simulated' || decidedBy !== undefined) return retry;
      const outcome = status === 'succeeded' ? 'succeeded' : status === 'cancelled' ? 'cancelled' : 'failed';
      return [...retry, { env, kind: 'remote', name: remote, outcome, at, durationMs }];
    });
}
