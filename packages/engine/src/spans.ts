import type { FlowError } from '@crossdock/errors';
import type { Core } from './core.ts';
import { type Execution, redactedError, TRIGGER_REF } from './execution.ts';
import type { Item } from './item-scope.ts';
import { observeSpan } from './observe.ts';
import type { PlannedNode } from './plan.ts';
import type { EnginePorts } from './ports.ts';
import type { FrontierEntry, Span } from './records.ts';
import { timeOf, timestamp } from './timestamp.ts';

/** Attempts beyond this make room by dropping the oldest that were followed by another: a snapshot must stay small. */
const SPANS_KEPT = 200;

type SpanPorts = Pick<EnginePorts, 'clock' | 'newToken' | 'seal'>;

/** Opens the span of the entry's next attempt. */
export function openSpan(ports: SpanPorts, execution: Execution, planned: PlannedNode, entry: FrontierEntry): Span {
  const span: Span = {
    spanId: ports.newToken(),
    nodeId: entry.nodeId,
    nodeType: planned.node.type,
    attempt: entry.attempts + 1,
    status: 'running',
    startedAt: timestamp(ports.clock.now()),
    durationMs: 0,
    inputRef: entry.inputRef,
    edges: [],
    ...(entry.iteration > 0 ? { iteration: entry.iteration } : {}),
    ...(entry.undoes ? { undoes: entry.undoes.nodeId } : {}),
    ...(entry.item ? { item: { index: entry.item.index, count: countOf(execution, entry.item) } } : {}),
  };
  addSpan(execution, span);
  return span;
}

export function closeSpan(
  core: Core,
  execution: Execution,
  span: Span,
  end: Pick<Span, 'status'> & { error?: FlowError; retryAt?: string },
): void {
  const { ports } = core;
  span.status = end.status;
  // The time a person took to decide is not the call's.
  if (span.decidedBy === undefined) span.durationMs = Math.max(0, ports.clock.now() - timeOf(span.startedAt));
  if (end.error) span.error = redactedError(ports, execution, end.error);
  if (end.retryAt !== undefined) span.retryAt = end.retryAt;
  if (!isOpen(span)) observeSpan(core, execution, span);
}

/** The trigger's own span: it succeeded when the trigger was stored, unless what came in was refused. */
export function addTriggerSpan(
  ports: SpanPorts,
  execution: Execution,
  planned: PlannedNode,
  came: { edges: string[]; error?: FlowError },
): void {
  const { trigger } = execution.snapshot;
  const { edges, error } = came;
  addSpan(execution, {
    spanId: ports.newToken(),
    nodeId: trigger.nodeId,
    nodeType: planned.node.type,
    attempt: 1,
    status: error ? 'failed' : 'succeeded',
    startedAt: trigger.receivedAt,
    durationMs: 0,
    inputRef: TRIGGER_REF,
    outputRef: TRIGGER_REF,
    edges,
    ...(error ? { error: redactedError(ports, execution, error) } : {}),
  });
}

/** Shows an attempt that died with its worker before any record of it. */
export function addInterruptedSpan(core: Core, execution: Execution, planned: PlannedNode, entry: FrontierEntry): void {
  const span = openSpan(core.ports, execution, planned, entry);
  closeSpan(core, execution, span, { status: 'interrupted' });
}

function countOf({ snapshot }: Execution, { split }: Item): number {
  return snapshot.splits?.[split]?.results.length ?? 0;
}

/** The span of a wait, over all the times that its execution slept. */
export function waitingSpan({ snapshot }: Execution, entry: FrontierEntry): Span | undefined {
  return snapshot.spans.findLast(
    (span) =>
      span.nodeId === entry.nodeId && span.inputRef === entry.inputRef && span.status === 'waiting' && isOpen(span),
  );
}

/** Ends what was under way or waited when the execution was turned round or ended. */
export function closeOpenSpans(core: Core, execution: Execution): void {
  for (const span of execution.snapshot.spans)
    if (isOpen(span)) closeSpan(core, execution, span, { status: 'cancelled' });
}

/** Under way, or waiting for something else than its next attempt, which is a span of its own. */
function isOpen({ status, retryAt }: Span): boolean {
  return status === 'running' || (status === 'waiting' && retryAt === undefined);
}

/** How often the arrival that was tried most was tried: 1 where nothing was tried again, 0 where nothing began. */
export function mostAttempts(spans: readonly Pick<Span, 'attempt'>[]): number {
  return spans.reduce((most, { attempt }) => Math.max(most, attempt), 0);
}

/** Takes back the span of an attempt that was not made after all. */
export function dropSpan({ snapshot }: Execution, span: Span): void {
  snapshot.spans = snapshot.spans.filter((other) => other !== span);
}

function addSpan(execution: Execution, span: Span): void {
  const { spans } = execution.snapshot;
  spans.push(span);
  if (spans.length <= SPANS_KEPT) return;
  const superseded = spans.findIndex((old) => old.status === 'waiting' || old.status === 'interrupted');
  if (superseded >= 0) spans.splice(superseded, 1);
}
