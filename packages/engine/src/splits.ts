import type { ErrorJson } from '@crossdock/errors';
import type { Attempt } from './attempt.ts';
import { type Execution, plannedNode } from './execution.ts';
import { keepPayload, sendOn } from './frontier.ts';
import { dropItemOutputs, type Item, liesIn, openSplits, outputKey, splitKey } from './item-scope.ts';
import type { FrontierEntry, OpenSplit } from './records.ts';

/** Lets the elements of a split run inside the execution, each in a scope of its own; the split's entry leaves the frontier. */
export function openSplit(
  { execution, planned, entry, span }: Attempt,
  items: readonly unknown[],
  onItemError: OpenSplit['onItemError'],
): void {
  const { snapshot } = execution;
  const { nodeId, iteration, inputRef, item } = entry;
  const key = splitKey(nodeId, iteration);
  snapshot.frontier = snapshot.frontier.filter((other) => other !== entry);
  const results = items.map((): OpenSplit['results'][number] => ({ refs: [] }));
  const split: OpenSplit = {
    ...{ nodeId, iteration, inputRef, spanId: span.spanId, onItemError, results },
    ...(item ? { item } : {}),
  };
  snapshot.splits = { ...snapshot.splits, [key]: split };
  const edges = new Set<string>();
  for (const [index, payload] of items.entries()) {
    const ref = `${span.spanId}.each.${index}`;
    keepPayload(execution, ref, payload);
    snapshot.nodeOutputs[outputKey(nodeId, { split: key, index })] = ref;
    const leaving = { planned, handle: 'each', nth: index, iteration, item: { split: key, index } };
    for (const edgeId of sendOn(execution, ref, leaving)) edges.add(edgeId);
  }
  span.edges = [...edges];
}

/** Goes on from the splits whose elements have all come to their ends, the inner ones first: `done` gets the list of their results. */
export function closeFinishedSplits(execution: Execution): void {
  if (!execution.snapshot.splits) return;
  for (let finished = findFinished(execution); finished; finished = findFinished(execution))
    close(execution, ...finished);
}

function findFinished({ snapshot }: Execution): [string, OpenSplit] | undefined {
  return openSplits(snapshot).find(
    ([key]) =>
      !snapshot.frontier.some(({ item }) => item?.split === key) &&
      !openSplits(snapshot).some(([, inner]) => inner.item?.split === key),
  );
}

function close(execution: Execution, key: string, split: OpenSplit): void {
  const { snapshot, payloads } = execution;
  const { nodeId, iteration, item, spanId } = split;
  const results = split.results.map(({ refs, error }) => {
    if (error) return { error };
    const ends = refs.map((ref) => payloads.get(ref));
    return ends.length > 1 ? ends : (ends[0] ?? null);
  });
  const { [key]: _closed, ...others } = snapshot.splits ?? {};
  if (Object.keys(others).length > 0) snapshot.splits = others;
  else delete snapshot.splits;
  dropItemOutputs(snapshot, key);
  const ref = `${spanId}.done`;
  keepPayload(execution, ref, results);
  snapshot.nodeOutputs[outputKey(nodeId, item)] = ref;
  const leaving = { planned: plannedNode(execution, nodeId), handle: 'done', nth: 0, iteration };
  const edges = sendOn(execution, ref, { ...leaving, ...(item ? { item } : {}) });
  const span = snapshot.spans.find((one) => one.spanId === spanId);
  if (!span) return;
  span.outputRef = ref;
  span.edges = [...new Set([...span.edges, ...edges])];
}

/** Ends the innermost element whose split collects failures with this one; false when the failure is the whole execution's. */
export function failItem(execution: Execution, entry: FrontierEntry, error: ErrorJson): boolean {
  const { snapshot } = execution;
  const { splits } = snapshot;
  for (let item = entry.item; item; item = splits?.[item.split]?.item) {
    const split = splits?.[item.split];
    if (split?.onItemError !== 'collect') continue;
    dropItem(execution, item);
    split.results[item.index] = { refs: [], error };
    return true;
  }
  return false;
}

/** Takes everything that is under way in one element off. */
function dropItem({ snapshot }: Execution, item: Item): void {
  const { splits } = snapshot;
  snapshot.frontier = snapshot.frontier.filter((entry) => !liesIn(splits, entry.item, item));
  for (const [key, inner] of openSplits(snapshot)) if (liesIn(splits, inner.item, item)) delete splits?.[key];
}
