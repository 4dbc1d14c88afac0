import { FlowError } from '@crossdock/errors';
import type { Attempt } from './attempt.ts';
import { openValue, restMasked } from './checkpoint.ts';
import { childExecutionId } from './child-id.ts';
import type { Core } from './core.ts';
import { type Execution, keyBaseOf, plannedNode, sealed } from './execution.ts';
import type { ExecutionAddress } from './ports.ts';
import type { ChildEnd, FrontierEntry, TriggerRecord } from './records.ts';
import { timestamp } from './timestamp.ts';
import { traceparentOf } from './trace-context.ts';
import { parentOf } from './wait-arrivals.ts';

/** Flows may call one another so deep. */
const MAX_HOPS = 32;
/** Triggers of children stored at once. */
const START_AT_ONCE = 32;

/** Where a child runs. */
export interface ChildPlan {
  flowId: string;
  revision: number;
  /** Its trigger node. */
  nodeId: string;
}

/** Starts one child of an entry for each payload, unless they were started before; with `waits` each tells the entry how it ended. */
export async function startChildren(
  { ports }: Core,
  { execution, entry, span }: Pick<Attempt, 'execution' | 'entry' | 'span'>,
  {
    where,
    payloads,
    waits,
    asItems,
  }: { where: ChildPlan; payloads: readonly unknown[]; waits: boolean; asItems: boolean },
): Promise<string[]> {
  const { snapshot, address } = execution;
  const { headers, keys, hops = 0 } = snapshot.trigger;
  if (hops >= MAX_HOPS) throw new FlowError('DATA_HOPS', { details: { hops } });
  const count = payloads.length;
  const ids = payloads.map((_, index) => childIdOf(address.executionId, entry, index));
  const resting = payloads.map((payload) => sealed(ports, execution, payload ?? null));
  // What is masked here may turn up there from elsewhere, and the flow that is called need not mask it.
  const masked = await restMasked(ports, execution);
  const start = async (index: number): Promise<void> => {
    const record: TriggerRecord = {
      ...where,
      executionId: ids[index]!,
      env: address.env,
      receivedAt: timestamp(ports.clock.now()),
      headers: { ...headers, traceparent: traceparentOf(address.executionId, span.spanId, headers) },
      keys,
      payload: resting[index],
      keyBase: childIdOf(keyBaseOf(snapshot), entry, index),
      hops: hops + 1,
      ...(masked ? { masked } : {}),
      ...(asItems ? { item: { index, count } } : {}),
      ...(waits ? { parent: { ...parentOf(address, entry), index, count } } : {}),
    };
    await ports.children.start(record);
  };
  for (let at = 0; at < count; at += START_AT_ONCE)
    await Promise.all(ids.slice(at, at + START_AT_ONCE).map((_, nth) => start(at + nth)));
  return ids;
}

const childIdOf = (of: string, { nodeId, iteration }: FrontierEntry, index: number): string =>
  childExecutionId(of, nodeId, iteration, index);

/** How an entry's children ended, in their order, with their results opened. */
export async function childrenOf(
  { ports }: Core,
  execution: Execution,
  entry: FrontierEntry,
): Promise<{ end: ChildEnd; payload: unknown }[]> {
  const ends = await ports.children.readEnds(parentOf(execution.address, entry));
  const inOrder = ends.sort((a, b) => a.index - b.index);
  return Promise.all(inOrder.map(async (end) => ({ end, payload: await openValue(ports, execution, end.result) })));
}

/** A child that did not succeed, as an error of the entry that waited for it. */
export function childError({ executionId, status, error }: ChildEnd): FlowError | undefined {
  if (status === 'succeeded') return undefined;
  return new FlowError('RUN_CHILD_FAILED', { details: { executionId, status, reason: error?.message ?? status } });
}

/** The children that an execution waits for right now. */
export function childIdsOf({ snapshot, plan, address }: Execution): Pick<ExecutionAddress, 'flowId' | 'executionId'>[] {
  if (!plan) return [];
  return snapshot.frontier.flatMap((entry) => {
    if (entry.wait?.kind !== 'children') return [];
    const { node } = plannedNode({ plan } as Execution, entry.nodeId);
    const flowId = node.config.flowId === undefined ? address.flowId : String(node.config.flowId);
    return Array.from({ length: entry.wait.count }, (_, index) => ({
      flowId,
      executionId: childIdOf(address.executionId, entry, index),
    }));
  });
}
