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
