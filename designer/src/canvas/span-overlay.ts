import type { Span } from '@crossdock/api-contract';
import type { NodeRun } from './canvas-types.ts';

/** What the spans of an execution say about each node: status of the last attempt, number of attempts, time of all together. */
export function overlayOf(spans: readonly Span[]): ReadonlyMap<string, NodeRun> {
  const overlay = new Map<string, NodeRun>();
  const inOrder = spans.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.attempt - b.attempt);
  for (const span of inOrder) {
    const before = overlay.get(span.nodeId);
    overlay.set(span.nodeId, {
      status: span.status,
      attempts: Math.max(before?.attempts ?? 0, span.attempt),
      durationMs: (before?.durationMs ?? 0) + span.durationMs,
    });
  }
  return overlay;
}

/** How many messages took each edge. */
export function edgeCountsOf(spans: readonly Span[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const edgeId of spans.flatMap(({ edges }) => edges)) counts.set(edgeId, (counts.get(edgeId) ?? 0) + 1);
  return counts;
}
