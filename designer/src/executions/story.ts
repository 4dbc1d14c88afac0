import type { ExecutionDetail, Span } from '@crossdock/api-contract';
import type { AnyStatus } from '../ui/index.ts';

/** One attempt of one node, with what led to it. */
export interface StoryStep {
  span: Span;
  /** From the execution's start, ms. */
  offsetMs: number;
  /** Another attempt came after this one: its error is told there. */
  followed: boolean;
  /** From here on effects are undone. */
  turns?: true;
  /** Set from the second attempt on: how long after the failed one, its error, and whether a person had to decide in between. */
  again?: { afterMs: number; error?: Span['error']; decided?: true };
}

/** The attempts in the order they began; attempts of one node that begin together keep their number's order. */
export function tellStory({ startedAt, spans }: Pick<ExecutionDetail, 'startedAt' | 'spans'>): StoryStep[] {
  const start = Date.parse(startedAt);
  const ordered = [...spans].sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.attempt - b.attempt);
  return ordered.map((span, index) => {
    const offsetMs = Math.max(0, Date.parse(span.startedAt) - start);
    const sameWork = (other: Span) =>
      other.nodeId === span.nodeId && other.iteration === span.iteration && other.undoes === span.undoes;
    const before = ordered.slice(0, index).findLast((other) => sameWork(other) && other.attempt === span.attempt - 1);
    const followed = ordered.some((other) => sameWork(other) && other.attempt === span.attempt + 1);
    const turns = span.undoes !== undefined && ordered.findIndex(({ undoes }) => undoes !== undefined) === index;
    const step = { span, offsetMs, followed, ...(turns ? { turns } : {}) };
    if (!before) return step;
    const afterMs = Math.max(0, Date.parse(span.startedAt) - Date.parse(before.startedAt) - before.durationMs);
    const decided = before.status === 'waiting' && before.retryAt === undefined;
    return {
      ...step,
      again: { afterMs, ...(before.error ? { error: before.error } : {}), ...(decided ? { decided } : {}) },
    };
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

/** The status as people read it: what has been accepted and stands behind another of its ordering key does not run yet. */
export const shownStatus = ({ status, queuedBehind }: Pick<ExecutionDetail, 'status' | 'queuedBehind'>): AnyStatus =>
  status === 'running' && queuedBehind !== undefined ? 'queued' : status;
