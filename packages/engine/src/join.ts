import type { JoinConfig } from '@crossdock/flow-model';
import { literalConfig } from './config-template.ts';
import { type Execution, plannedNode } from './execution.ts';
import { type Item, openSplits, sameItem } from './item-scope.ts';
import type { PlannedNode } from './plan.ts';
import type { FrontierEntry } from './records.ts';
import { timestamp } from './timestamp.ts';

/** What a join goes on with: the arrivals of one round in the order of their paths. */
export interface Joined {
  entries: FrontierEntry[];
  payload: unknown;
  iteration: number;
}

/**
 * A join has all it can get when nothing upstream of it has work left in the same element of the same split. Branches not taken, and
 * branches that ended by themselves, do not hold it up.
 */
export function isJoinComplete(execution: Execution, entry: FrontierEntry): boolean {
  const planned = plannedNode(execution, entry.nodeId);
  if (joinConfig(planned).mode === 'first' || wasJoined(execution, planned, entry)) return true;
  const { snapshot } = execution;
  const isUpstream = (nodeId: string, item: Item | undefined): boolean =>
    sameItem(item, entry.item) && planned.upstream?.has(nodeId) === true;
  return (
    !snapshot.frontier.some(({ nodeId, item }) => isUpstream(nodeId, item)) &&
    !openSplits(snapshot).some(([, split]) => isUpstream(split.nodeId, split.item))
  );
}

/** A join that waits for a time only begins to count with its first arrival. */
export function keepJoinTime(execution: Execution, entry: FrontierEntry): void {
  const planned = execution.plan?.nodes.get(entry.nodeId);
  if (!planned?.upstream) return;
  const { timeoutMs } = joinConfig(planned);
  if (timeoutMs === undefined) return;
  const first = roundOf(execution, planned, entry).find((other) => other !== entry);
  entry.dueAt = first?.dueAt ?? timestamp(execution.now() + timeoutMs);
}

/** True when the join has gone on already: what arrives now is dropped. */
export function wasJoined({ snapshot }: Execution, planned: PlannedNode, entry: FrontierEntry): boolean {
  return snapshot.joined?.includes(joinKey(planned, entry)) ?? false;
}

/** Gathers what has arrived; `missing` says that something could still have come. */
export function gather(execution: Execution, planned: PlannedNode, entry: FrontierEntry): Joined {
  const { mode, as } = joinConfig(planned);
  const all = roundOf(execution, planned, entry).sort((a, b) => a.iteration - b.iteration);
  const entries = mode === 'first' ? [entry] : all;
  const payloads = entries.map(({ inputRef }) => execution.payloads.get(inputRef));
  execution.snapshot.joined = [...(execution.snapshot.joined ?? []), joinKey(planned, entry)];
  return {
    entries: all,
    payload:
      as === 'object'
        ? Object.fromEntries(entries.map((one, at) => [sourceOf(execution, one), payloads[at]]))
        : payloads,
    iteration: round(planned, entry) * planned.paths,
  };
}

export function joinConfig(planned: PlannedNode): JoinConfig {
  return literalConfig(planned.config) as unknown as JoinConfig;
}

function roundOf({ snapshot }: Execution, planned: PlannedNode, entry: FrontierEntry): FrontierEntry[] {
  return snapshot.frontier.filter(
    (other) =>
      other.nodeId === entry.nodeId &&
      sameItem(other.item, entry.item) &&
      round(planned, other) === round(planned, entry),
  );
}

const round = (planned: PlannedNode, entry: FrontierEntry): number => Math.floor(entry.iteration / planned.paths);

const joinKey = (planned: PlannedNode, entry: FrontierEntry): string =>
  `${entry.nodeId}.${round(planned, entry)}${entry.item ? `@${entry.item.split}#${entry.item.index}` : ''}`;

/** The node whose output this arrival is. */
function sourceOf({ snapshot }: Execution, { inputRef, source }: FrontierEntry): string {
  if (source !== undefined) return source;
  const spanId = inputRef.split('.')[0];
  return snapshot.spans.find((span) => span.spanId === spanId)?.nodeId ?? snapshot.trigger.nodeId;
}
