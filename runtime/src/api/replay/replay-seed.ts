import { randomUUID } from 'node:crypto';
import type { FrontierEntry, JournalSnapshot, ReplaySeed, Span } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';

/** A new name in a seed for what a person gave instead of the recorded payload; what an earlier replay was given keeps its own. */
export const newEditedRef = (): string => `edited-${randomUUID()}`;

/**
 * Where a failed execution stood: the entry that failed begins anew, with another payload where one is given; what waits for children
 * starts them anew (they answer to the execution that started them); everything else goes on as it was. Undefined when it failed before
 * anything had begun. Throws `API_BAD_REQUEST` for a payload that would stand for several.
 */
export function seedOfFailure(snapshot: JournalSnapshot, edited?: { value: unknown }): ReplaySeed | undefined {
  const { frontier, outputs, nodeOutputs, effects, splits, joined, spans } = snapshot;
  if (frontier.length === 0) return undefined;
  const failed = failedEntries(snapshot);
  const editedRef = edited && newEditedRef();
  if (edited && failed.size > 1) throw ambiguousPayload(failed.size);
  const entries = frontier.map((entry) => {
    const source = sourceOf(spans, entry);
    if (failed.has(entry)) return { ...anew(entry, editedRef), ...source };
    return { ...(entry.wait?.kind === 'children' ? anew(entry) : entry), ...source };
  });
  return {
    frontier: entries,
    outputs: edited && editedRef ? { ...outputs, [editedRef]: edited } : outputs,
    nodeOutputs,
    ...(effects === undefined ? {} : { effects }),
    ...(splits === undefined ? {} : { splits }),
    ...(joined === undefined ? {} : { joined }),
  };
}

/** The entries whose node failed; of a cancelled execution all, as it was stopped at each. */
function failedEntries({ frontier, error, spans }: JournalSnapshot): ReadonlySet<FrontierEntry> {
  const atNode = frontier.filter(({ nodeId }) => nodeId === error?.nodeId);
  if (atNode.length === 0) return new Set(frontier);
  const last = spans.findLast(({ nodeId, status }) => nodeId === error?.nodeId && status === 'failed');
  const exact = atNode.filter(
    ({ inputRef, iteration }) => inputRef === last?.inputRef && iteration === (last?.iteration ?? 0),
  );
  return new Set(exact.length > 0 ? exact : atNode);
}

function anew({ nodeId, inputRef, iteration, item, undoes }: FrontierEntry, editedRef?: string): FrontierEntry {
  const about = { ...(item ? { item } : {}), ...(undoes ? { undoes } : {}) };
  return { nodeId, inputRef: editedRef ?? inputRef, iteration, attempts: 0, ...about };
}

/** The node that a payload came from, which a replay cannot tell by its own spans. */
function sourceOf(spans: readonly Span[], { inputRef, source }: FrontierEntry): Pick<FrontierEntry, 'source'> {
  const spanId = inputRef.split('.', 1)[0];
  const nodeId = spans.find((span) => span.spanId === spanId)?.nodeId ?? source;
  return nodeId === undefined ? {} : { source: nodeId };
}

export function ambiguousPayload(count: number): FlowError {
  const reason = `cannot stand for ${count} payloads; leave it out, or replay from another place`;
  return new FlowError('API_BAD_REQUEST', { details: { path: 'field "payload"', reason } });
}
