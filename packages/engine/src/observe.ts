import type { Core } from './core.ts';
import type { Execution } from './execution.ts';
import type { Span } from './records.ts';
import { timeOf } from './timestamp.ts';

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

/** Tells of a durable end or a durable wait; once, as whoever is first to record it tells. */
export function observeSettled(core: Core, { address, snapshot }: Execution): void {
  const durationMs = core.ports.clock.now() - timeOf(snapshot.trigger.receivedAt);
  core.options.observer?.settled?.({ address, status: snapshot.status, durationMs });
}
