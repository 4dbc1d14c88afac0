import { type Execution, plannedNode, TRIGGER_REF } from './execution.ts';
import { type Item, outputKey } from './item-scope.ts';
import { isJoinComplete, keepJoinTime } from './join.ts';
import type { PlannedNode, Successor } from './plan.ts';
import type { FrontierEntry, Span } from './records.ts';
import { timeOf } from './timestamp.ts';

export interface Emission {
  handle: string;
  payload: unknown;
}

/**
 * The first entry that need not wait; entries run in the order in which their payloads arrived. Effects are undone strictly one after the
 * other.
 */
export function nextReady(execution: Execution, now: number): FrontierEntry | undefined {
  const { frontier, status } = execution.snapshot;
  const candidates = status === 'compensating' ? frontier.slice(0, 1) : frontier;
  return candidates.find((entry) => isReady(execution, entry, now));
}

function isReady(execution: Execution, entry: FrontierEntry, now: number): boolean {
  const { wait, dueAt } = entry;
  if (wait?.kind === 'doubt') return wait.resolved !== undefined;
  if (entry.timedOut) return true;
  const isDue = dueAt !== undefined && timeOf(dueAt) <= now;
  if (wait?.kind === 'event' || wait?.kind === 'children') return wait.hasCome === true || isDue;
  if (plannedNode(execution, entry.nodeId).upstream) return isJoinComplete(execution, entry) || isDue;
  return dueAt === undefined || isDue;
}

/** Puts the trigger's payload before the nodes that follow it; gives the edges it left by. A child of a split begins behind `each`. */
export function startFrontier(execution: Execution, trigger: PlannedNode): string[] {
  const successors =
    trigger.manifest.control === 'split'
      ? (trigger.successors.get('each') ?? [])
      : [...trigger.successors.values()].flat();
  execution.snapshot.nodeOutputs[trigger.node.id] = TRIGGER_REF;
  for (const successor of successors)
    arrive(execution, successor, { inputRef: TRIGGER_REF, iteration: successor.offset });
  return successors.map(({ edgeId }) => edgeId);
}

/** Takes a finished entry off and sends its emissions along their edges. */
export function leaveNode(
  execution: Execution,
  done: { entry: FrontierEntry; planned: PlannedNode; span: Span; emissions: readonly Emission[] },
): void {
  const { entry, planned, span, emissions } = done;
  const { snapshot } = execution;
  snapshot.frontier = snapshot.frontier.filter((other) => other !== entry);
  const edges = new Set<string>();
  const perHandle = new Map<string, number>();
  for (const { handle, payload } of emissions) {
    const nth = perHandle.get(handle) ?? 0;
    perHandle.set(handle, nth + 1);
    const ref = nth === 0 ? `${span.spanId}.${handle}` : `${span.spanId}.${handle}.${nth}`;
    keepPayload(execution, ref, payload);
    span.outputRef ??= ref;
    snapshot.nodeOutputs[outputKey(entry.nodeId, entry.item)] = ref;
    if (entry.undoes) continue;
    for (const edgeId of sendOn(execution, ref, { ...entry, planned, handle, nth })) edges.add(edgeId);
  }
  span.edges = [...edges];
}

/** A payload with its reference, on its way out of a node. */
export interface Leaving {
  planned: PlannedNode;
  handle: string;
  /** Which emission by this handle, from 0. */
  nth: number;
  /** Which arrival at the node it leaves. */
  iteration: number;
  item?: Item;
}

/** Lets a payload arrive at every node its handle leads to; where it leads nowhere, the branch ends with it. Gives the edges. */
export function sendOn(execution: Execution, ref: string, leaving: Leaving): string[] {
  const successors = leaving.planned.successors.get(leaving.handle) ?? [];
  for (const successor of successors) {
    const iteration = iterationOf(execution, successor, leaving);
    arrive(execution, successor, { inputRef: ref, iteration, ...(leaving.item ? { item: leaving.item } : {}) });
  }
  if (successors.length === 0) endBranch(execution, ref, leaving.item);
  return successors.map(({ edgeId }) => edgeId);
}

export function keepPayload(execution: Execution, ref: string, payload: unknown): void {
  execution.payloads.set(ref, payload ?? null);
  execution.untraced.push(ref);
}

function arrive(
  execution: Execution,
  successor: Successor,
  parts: Pick<FrontierEntry, 'inputRef' | 'iteration' | 'item'>,
): void {
  const entry: FrontierEntry = { nodeId: successor.nodeId, attempts: 0, ...parts };
  execution.snapshot.frontier.push(entry);
  keepJoinTime(execution, entry);
}

/** Where someone waits for the result, what a branch ends with is kept. */
function endBranch({ snapshot }: Execution, ref: string, item: Item | undefined): void {
  if (item) snapshot.splits?.[item.split]?.results[item.index]?.refs.push(ref);
  else if (snapshot.trigger.parent) snapshot.ends = [...(snapshot.ends ?? []), ref];
}

/**
 * Numbers an arrival by the path it came along, not by when it came: a branch that waits for a retry must not change the keys of the others.
 * With one emission for each handle the numbers are 0 … paths − 1; further emissions count up in rounds. What leaves a join has come along
 * one path.
 */
function iterationOf(execution: Execution, successor: Successor, { planned, iteration, nth }: Leaving): number {
  const paths = execution.plan?.nodes.get(successor.nodeId)?.paths ?? 1;
  const round = Math.floor(iteration / planned.paths);
  const path = planned.upstream ? 0 : iteration % planned.paths;
  return pair(round, nth) * paths + successor.offset + path;
}

/** Cantor's pairing: one number for each pair, 0 for (0, 0). */
function pair(a: number, b: number): number {
  return ((a + b) * (a + b + 1)) / 2 + b;
}
