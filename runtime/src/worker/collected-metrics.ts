import { AggregatorRegistry } from 'prom-client';
import type { MetricsSnapshot } from '../metrics.ts';

/** Snapshots of processes that are gone are kept apart up to so many, then merged. */
const MAX_RETIRED = 16;

/** Metrics of processes that come and go: counters of one that is gone still count, its gauges do not. */
export interface CollectedMetrics {
  /** A place for one process after another. */
  open(): MetricsSource;
  snapshots(): MetricsSnapshot[];
}

export interface MetricsSource {
  /** The latest of the process, and of those at its side. */
  took(snapshots: readonly MetricsSnapshot[]): void;
  /** The process is gone. */
  retire(): void;
}

export function collectMetrics(): CollectedMetrics {
  const latest = new Map<MetricsSource, readonly MetricsSnapshot[]>();
  let retired: MetricsSnapshot[] = [];
  let isMerging = false;

  return {
    open() {
      const source: MetricsSource = {
        took: (snapshots) => void latest.set(source, snapshots),
        retire() {
          const left = latest.get(source) ?? [];
          latest.delete(source);
          retired.push(...left.map((snapshot) => snapshot.filter(({ type }) => String(type) !== 'gauge')));
          if (retired.length > MAX_RETIRED && !isMerging) void merge();
        },
      };
      return source;
    },
    snapshots: () => [...retired, ...[...latest.values()].flat()],
  };

  async function merge(): Promise<void> {
    isMerging = true;
    const { length } = retired;
    const merged = await AggregatorRegistry.aggregate(retired).getMetricsAsJSON();
    retired = [merged, ...retired.slice(length)];
    isMerging = false;
  }
}
