import type { HealthPoint } from '@crossdock/api-contract';
import { percentileOf } from './histogram.ts';
import type { SlotRow } from './roll-up.ts';

export type SlotFacts = Pick<SlotRow, 'slot' | 'outcome' | 'bucket' | 'count'>;

/** What the slots of one flow or remote come to over a range. */
export interface Figures {
  succeeded: number;
  failed: number;
  cancelled: number;
  retries: number;
  successRate: number | null;
  perMinute: number;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  series: HealthPoint[];
}

/** Where a range lies: its first slot, how many there are and how long each is (ms). */
export interface SlotRange {
  from: number;
  slots: number;
  slotMs: number;
}

const MINUTE_MS = 60_000;

export function figuresOf(rows: readonly SlotFacts[], range: SlotRange): Figures {
  const all = new Tally();
  const bySlot = new Map<number, Tally>();
  for (const row of rows) {
    all.add(row);
    const start = row.slot.getTime();
    const tally = bySlot.get(start) ?? new Tally();
    tally.add(row);
    bySlot.set(start, tally);
  }
  const { succeeded, failed, cancelled, retries } = all;
  const decided = succeeded + failed;
  return {
    ...{ succeeded, failed, cancelled, retries },
    successRate: decided === 0 ? null : succeeded / decided,
    perMinute: ((decided + cancelled) * MINUTE_MS) / (range.slots * range.slotMs),
    ...{ p50Ms: all.percentile(0.5), p95Ms: all.percentile(0.95), p99Ms: all.percentile(0.99) },
    series: Array.from({ length: range.slots }, (_, index) => {
      const at = range.from + index * range.slotMs;
      const slot = bySlot.get(at) ?? NOTHING;
      const { succeeded: good, failed: bad } = slot;
      const times = { p50Ms: slot.percentile(0.5), p95Ms: slot.percentile(0.95) };
      return { at: new Date(at).toISOString(), succeeded: good, failed: bad, ...times };
    }),
  };
}

class Tally {
  succeeded = 0;
  failed = 0;
  cancelled = 0;
  retries = 0;
  readonly #durations = new Map<number, number>();

  add({ outcome, bucket, count }: SlotFacts): void {
    if (outcome === 'retry') {
      this.retries += count;
      return;
    }
    if (outcome === 'succeeded') this.succeeded += count;
    else if (outcome === 'failed') this.failed += count;
    else this.cancelled += count;
    this.#durations.set(bucket, (this.#durations.get(bucket) ?? 0) + count);
  }

  /** Milliseconds with one decimal. */
  percentile(share: number): number | null {
    const ms = percentileOf(this.#durations, share);
    return ms === undefined ? null : Math.round(ms * 10) / 10;
  }
}

const NOTHING = new Tally();
