import type { Core } from './core.ts';
import type { TracedExecution } from './engine-options.ts';
import { type Execution, headersOf, isTerminal } from './execution.ts';
import type { Span } from './records.ts';
import { timeOf } from './timestamp.ts';
import { traceContextOf } from './trace-context.ts';

/** Tells metrics and logs of one attempt. */
export function observeAttempt(core: Core, { address }: Execution, span: Span): void {
  const { flowId, env } = address;
  const { nodeId, nodeType, attempt, status, durationMs, error, remote } = span;
  core.options.observer?.attempted?.({
    flowId,
    env,
    nodeId,
    nodeType,
    attempt,
    status,
    durationMs,
    ...(remote === undefined ? {} : { remote }),
    ...(error ? { error } : {}),
  });
}

/** Tells traces of an attempt or a wait that is over. */
export function observeSpan(core: Core, execution: Execution, span: Span): void {
  core.options.observer?.spanClosed?.(tracedOf(core, execution, span.nodeId), span);
}

/** Tells of a durable end or a durable wait; once, as whoever is first to record it tells. */
export function observeSettled(core: Core, execution: Execution): void {
  const { address, snapshot } = execution;
  const durationMs = core.ports.clock.now() - timeOf(snapshot.trigger.receivedAt);
  core.options.observer?.settled?.({ address, status: snapshot.status, durationMs });
  if (isTerminal(snapshot)) core.options.observer?.ended?.(tracedOf(core, execution, snapshot.trigger.nodeId));
}

function tracedOf({ ports }: Core, execution: Execution, nodeId: string): TracedExecution {
  const { snapshot, plan } = execution;
  const planned = plan?.nodes.get(nodeId);
  return {
    snapshot,
    trace: traceContextOf(snapshot.executionId, headersOf(ports, execution)),
    ...(planned ? { node: planned.node } : {}),
  };
}
