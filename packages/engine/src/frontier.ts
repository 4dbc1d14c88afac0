import { type Execution, TRIGGER_REF } from './execution.ts';
import type { PlannedNode, Successor } from './plan.ts';
import type { FrontierEntry, Span } from './records.ts';

export interface Emission {
  handle: string;
  payload: unknown;
}

/** The first entry that need not wait; entries run in the order in which their payloads arrived. */
export function nextReady(execution: Execution, now: number): FrontierEntry | undefined {
  return execution.snapshot.frontier.find((entry) => entry.dueAt === undefined || Date.parse(entry.dueAt) <= now);
}

/** Puts the trigger's payload before the nodes that follow it; gives the edges it left by. */
export function startFrontier(execution: Execution, trigger: PlannedNode): string[] {
  const successors = [...trigger.successors.values()].flat();
  execution.snapshot.nodeOutputs[trigger.node.id] = TRIGGER_REF;
  for (const successor of successors) arrive(execution, successor, TRIGGER_REF, successor.offset);
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
    execution.payloads.set(ref, payload ?? null);
    execution.untraced.push(ref);
    span.outputRef ??= ref;
    snapshot.nodeOutputs[entry.nodeId] = ref;
    for (const successor of planned.successors.get(handle) ?? []) {
      edges.add(successor.edgeId);
      arrive(execution, successor, ref, iterationOf(execution, successor, { entry, planned, nth }));
    }
  }
  span.edges = [...edges];
}

function arrive(execution: Execution, successor: Successor, inputRef: string, iteration: number): void {
  execution.snapshot.frontier.push({ nodeId: successor.nodeId, inputRef, iteration, attempts: 0 });
}

/**
 * Numbers an arrival by the path it came along, not by when it came: a branch that waits for a retry must not change the keys of the others.
 * With one emission for each handle the numbers are 0 … paths − 1; further emissions count up in rounds.
 */
function iterationOf(
  execution: Execution,
  successor: Successor,
  from: { entry: FrontierEntry; planned: PlannedNode; nth: number },
): number {
  const { entry, planned, nth } = from;
  const paths = execution.plan?.nodes.get(successor.nodeId)?.paths ?? 1;
  const round = Math.floor(entry.iteration / planned.paths);
  return pair(round, nth) * paths + successor.offset + (entry.iteration % planned.paths);
}

/** Cantor's pairing: one number for each pair, 0 for (0, 0). */
function pair(a: number, b: number): number {
  return ((a + b) * (a + b + 1)) / 2 + b;
}
