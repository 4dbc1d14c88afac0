import { errorToJson, type FlowError } from '@crossdock/errors';
import { makeAttempt } from './attempt.ts';
import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import { type Execution, plannedNode } from './execution.ts';
import { type Emission, leaveNode } from './frontier.ts';
import type { HeldSlot } from './held-slot.ts';
import type { PlannedNode } from './plan.ts';
import type { Lease } from './ports.ts';
import type { FrontierEntry, Span } from './records.ts';
import { decideRetry } from './retry-policy.ts';
import type { Stay } from './slots.ts';
import { closeSpan, openSpan } from './spans.ts';
import { timestamp } from './timestamp.ts';
import { visitNode } from './visit-node.ts';

export interface Carrying {
  execution: Execution;
  lease: Lease;
  slot: HeldSlot;
  signal: AbortSignal;
}

/** `left`: the payload went on. `waits`: the entry has a due time. `failed`: the execution ends with this error. */
export type NodeOutcome = { kind: 'left' | 'waits' } | { kind: 'failed'; error: FlowError };

/** Works at one node until its payload goes on, the entry must wait durably, or the execution fails there. */
export async function workAtNode(core: Core, carrying: Carrying, entry: FrontierEntry): Promise<NodeOutcome> {
  const planned = plannedNode(carrying.execution, entry.nodeId);
  delete entry.dueAt;
  if (planned.manifest.effect !== 'keyed') return tryNode(core, carrying, { entry, planned });
  const stay = await visitNode(core, carrying, entry);
  if (!stay) return { kind: 'waits' };
  delete entry.deferrals;
  try {
    return await tryNode(core, carrying, { entry, planned, stay });
  } finally {
    stay.leave();
  }
}

interface Trying {
  entry: FrontierEntry;
  planned: PlannedNode;
  stay?: Stay;
}

async function tryNode(core: Core, carrying: Carrying, trying: Trying): Promise<NodeOutcome> {
  const { execution, signal } = carrying;
  const { entry, planned, stay } = trying;
  let waitedMs = 0;
  for (;;) {
    const span = openSpan(core.ports, execution, planned, entry);
    const result = await makeAttempt(core, { execution, planned, entry, span }, signal);
    entry.attempts += 1;
    stay?.attempted(result.ok);
    if (result.ok) {
      closeSpan(core.ports, execution, span, { status: result.status });
      observe(core, execution, span);
      await goOn(core, execution, { entry, planned, span, emissions: result.emissions });
      return { kind: 'left' };
    }
    const next = decideRetry(
      { error: result.error, attempts: entry.attempts, waitedMs, policy: planned.retry },
      core.ports.random,
    );
    if (!next.retry) return giveUp(core, execution, { entry, planned, span }, next.error);
    const dueAt = timestamp(core.ports.clock.now() + next.delayMs);
    closeSpan(core.ports, execution, span, { status: 'waiting', error: result.error, retryAt: dueAt });
    observe(core, execution, span);
    if (!next.inProcess) {
      entry.dueAt = dueAt;
      return { kind: 'waits' };
    }
    waitedMs += next.plannedMs;
    await carrying.slot.sleep(next.delayMs);
  }
}

/** The node's retries are over: by `onError` the execution stops, or the error goes on as a payload. */
async function giveUp(
  core: Core,
  execution: Execution,
  at: { entry: FrontierEntry; planned: PlannedNode; span: Span },
  error: FlowError,
): Promise<NodeOutcome> {
  const { entry, planned, span } = at;
  closeSpan(core.ports, execution, span, { status: 'failed', error });
  observe(core, execution, span);
  const onError = planned.node.onError ?? 'stop';
  if (onError === 'stop' || error.code === 'RUN_TIMED_OUT') return { kind: 'failed', error };
  const json = errorToJson(error);
  const emission =
    onError === 'branch'
      ? { handle: 'error', payload: { error: json, input: execution.payloads.get(entry.inputRef) } }
      : { handle: planned.manifest.handles.out[0] ?? 'out', payload: json };
  await goOn(core, execution, { entry, planned, span, emissions: [emission] });
  return { kind: 'left' };
}

/** An effect that others follow is recorded before any of them; the last one's record is the terminal one. */
async function goOn(
  core: Core,
  execution: Execution,
  done: { entry: FrontierEntry; planned: PlannedNode; span: Span; emissions: readonly Emission[] },
): Promise<void> {
  leaveNode(execution, done);
  const effectsFollow = execution.snapshot.frontier.some(({ nodeId }) => plannedNode(execution, nodeId).reachesEffect);
  if (done.planned.manifest.effect === 'keyed' && effectsFollow)
    await writeCheckpoint(core.ports, execution, { status: 'running' });
}

function observe(core: Core, execution: Execution, span: Span): void {
  const { flowId, env } = execution.address;
  const { nodeId, nodeType, status, durationMs, error } = span;
  core.options.observer?.attempted?.({
    flowId,
    env,
    nodeId,
    nodeType,
    status,
    durationMs,
    ...(error ? { error } : {}),
  });
}
