import type { ExecutionDetail, Span } from '@crossdock/api-contract';

/** Where a replay of an execution may begin, and which payload is given there. */
export interface ReplayPlaces {
  /** What is wrong with the execution; missing where nothing in it failed. */
  failed?: { nodeId?: string; ref: string | undefined; what: 'failed' | 'stopped' | 'undoing' };
  /** Other nodes that ran, in the order in which they first did. */
  nodes: readonly { nodeId: string; ref: string | undefined }[];
  /** Its effects were undone: only the whole flow with new keys does them again. */
  isUndone: boolean;
}

export const TRIGGER_REF = 'trigger';

/** `isTrigger` tells by a node's type whether it starts executions: that one is a place by itself. */
export function replayPlaces(execution: ExecutionDetail, isTrigger: (nodeType: string) => boolean): ReplayPlaces {
  const { spans, status, error } = execution;
  const isUndone = spans.some((span) => span.undoes !== undefined && span.status === 'succeeded');
  const stopped = status === 'cancelled' ? 'stopped' : 'failed';
  const failed =
    status === 'compensation-failed'
      ? { ...atNode(spans, lastUndoing(spans)), what: 'undoing' as const }
      : (status === 'failed' || status === 'cancelled') && !isUndone
        ? { ...atNode(spans, error?.nodeId), what: stopped as 'failed' | 'stopped' }
        : undefined;
  const ran = new Set(
    spans.filter(({ nodeType, undoes }) => !isTrigger(nodeType) && undoes === undefined).map(({ nodeId }) => nodeId),
  );
  return {
    ...(failed ? { failed } : {}),
    nodes: isUndone ? [] : [...ran].map((nodeId) => ({ nodeId, ref: refOf(spans, nodeId) })),
    isUndone,
  };
}

function atNode(spans: readonly Span[], nodeId: string | undefined): { nodeId?: string; ref: string | undefined } {
  return nodeId === undefined ? { ref: undefined } : { nodeId, ref: refOf(spans, nodeId) ?? TRIGGER_REF };
}

function refOf(spans: readonly Span[], nodeId: string): string | undefined {
  return spans.findLast((span) => span.nodeId === nodeId)?.inputRef;
}

function lastUndoing(spans: readonly Span[]): string | undefined {
  return spans.findLast(({ undoes, status }) => undoes !== undefined && status === 'failed')?.nodeId;
}
