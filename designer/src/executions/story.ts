import type { ExecutionDetail, Span } from '@crossdock/api-contract';

/** One attempt of one node, with what led to it. */
export interface StoryStep {
  span: Span;
  /** From the execution's start, ms. */
  offsetMs: number;
  /** Another attempt came after this one: its error is told there. */
  followed: boolean;
  /** Set from the second attempt on: how long after the failed one, and its error. */
  again?: { afterMs: number; error?: Span['error'] };
}

/** The attempts in the order they began; attempts of one node that begin together keep their number's order. */
export function tellStory({ startedAt, spans }: Pick<ExecutionDetail, 'startedAt' | 'spans'>): StoryStep[] {
  const start = Date.parse(startedAt);
  const ordered = [...spans].sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.attempt - b.attempt);
  return ordered.map((span, index) => {
    const offsetMs = Math.max(0, Date.parse(span.startedAt) - start);
    const before = ordered
      .slice(0, index)
      .findLast(({ nodeId, attempt }) => nodeId === span.nodeId && attempt === span.attempt - 1);
    const followed = ordered.some(({ nodeId, attempt }) => nodeId === span.nodeId && attempt === span.attempt + 1);
    if (!before) return { span, offsetMs, followed };
    const afterMs = Math.max(0, Date.parse(span.startedAt) - Date.parse(before.startedAt) - before.durationMs);
    return { span, offsetMs, followed, again: { afterMs, ...(before.error ? { error: before.error } : {}) } };
  });
}

/** The step to open on arrival: the one that failed or waits for its next attempt, else the last. */
export function firstStep(steps: readonly StoryStep[]): StoryStep | undefined {
  return (
    steps.findLast(({ span, followed }) => span.status === 'failed' && !followed) ??
    steps.findLast(({ span, followed }) => span.status === 'waiting' && !followed) ??
    steps.at(-1)
  );
}

/** Per node, what the canvas lays over it: status of the last attempt, attempts, time of all together. */
export function overlayOf(
  spans: readonly Span[],
): Map<string, { status: Span['status']; attempts: number; durationMs: number }> {
  const overlay = new Map<string, { status: Span['status']; attempts: number; durationMs: number }>();
  for (const { span } of tellStory({ startedAt: spans[0]?.startedAt ?? '', spans: [...spans] })) {
    const before = overlay.get(span.nodeId);
    overlay.set(span.nodeId, {
      status: span.status,
      attempts: Math.max(before?.attempts ?? 0, span.attempt),
      durationMs: (before?.durationMs ?? 0) + span.durationMs,
    });
  }
  return overlay;
}

/** Per edge, how many messages left by it. */
export function edgeCountsOf(spans: readonly Span[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { edges } of spans) for (const edge of edges) counts.set(edge, (counts.get(edge) ?? 0) + 1);
  return counts;
}
