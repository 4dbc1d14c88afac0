import { errorToJson, type FlowError, toFlowError } from '@crossdock/errors';
import { type Attempt, type AttemptResult, fillConfig, type Interrupts, makeAttempt } from './attempt.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { logEffect } from './compensation.ts';
import type { Core } from './core.ts';
import { type DoubtSettled, doubt, isUnrepeatable, settleDoubt } from './doubt.ts';
import { type Execution, plannedNode, redactedError } from './execution.ts';
import { type Emission, leaveNode } from './frontier.ts';
import { askBreaker, type HeldUp, rateLimitOf, remoteOf, takePermit } from './guards.ts';
import type { HeldSlot } from './held-slot.ts';
import { observeAttempt } from './observe.ts';
import type { PlannedNode } from './plan.ts';
import type { Lease } from './ports.ts';
import type { FrontierEntry, Span } from './records.ts';
import { decideRetry, isOurTrouble } from './retry-policy.ts';
import type { Stay } from './slots.ts';
import { closeSpan, dropSpan, openSpan, waitingSpan } from './spans.ts';
import { closeFinishedSplits, failItem } from './splits.ts';
import { timeOf, timestamp } from './timestamp.ts';
import { mayHaveHappened } from './uncertainty.ts';
import { visitNode } from './visit-node.ts';
import { workAtControl } from './work-at-control.ts';

export interface Carrying extends Interrupts {
  execution: Execution;
  lease: Lease;
  slot: HeldSlot;
}

/**
 * `left`: the payload went on. `waits`: the entry has a due time, or waits for something. `failed`: the execution ends with this error.
 * `cancelled`: someone asked for that while the node was at work.
 */
export type NodeOutcome = { kind: 'left' | 'waits' | 'cancelled' } | { kind: 'failed'; error: FlowError };

/** Held up for so long, a call waits in process; for longer, durably. */
const IN_PROCESS_HOLD_MS = 2_000;
/** A call that waited so long for its permit says so. */
const TOLD_HOLD_MS = 100;

/** Works at one node until its payload goes on, the entry must wait durably, or the execution fails there. */
export function workAtNode(core: Core, carrying: Carrying, entry: FrontierEntry): Promise<NodeOutcome> {
  const { execution } = carrying;
  const planned = plannedNode(execution, entry.nodeId);
  if (entry.dueAt !== undefined && timeOf(entry.dueAt) <= core.ports.clock.now()) {
    delete entry.dueAt;
    entry.timedOut = true;
  }
  if (planned.manifest.control) return workAtControl(core, carrying, { entry, planned }, giveUp);
  for (const field of ['dueAt', 'timedOut', 'heldBy'] as const) delete entry[field];
  if (planned.manifest.effect !== 'keyed') return tryNode(core, carrying, { entry, planned });
  return workAtEffect(core, carrying, { entry, planned });
}

async function workAtEffect(
  core: Core,
  carrying: Carrying,
  { entry, planned }: Pick<Trying, 'entry' | 'planned'>,
): Promise<NodeOutcome> {
  const { execution } = carrying;
  const settled = settleDoubt(core.ports, execution, planned, entry);
  if (settled && settled.kind !== 'repeat') return afterDoubt(core, execution, { entry, planned }, settled);
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
  const { execution } = carrying;
  const { entry, planned, stay } = trying;
  let waitedMs = 0;
  for (;;) {
    const span = openSpan(core.ports, execution, planned, entry);
    const at = { execution, planned, entry, span };
    const result = stay ? await makeCall(core, carrying, at, stay) : await makeAttempt(core, at, carrying);
    if ('waitMs' in result) {
      dropSpan(execution, span);
      if (await isHeldUp(core, carrying, entry, result)) return { kind: 'waits' };
      continue;
    }
    entry.attempts += 1;
    if (result.ok) {
      closeSpan(core, execution, span, { status: result.status });
      observeAttempt(core, execution, span);
      const recorded = goOn(core, execution, { entry, planned, span, emissions: result.emissions });
      if (recorded) await recorded;
      return { kind: 'left' };
    }
    const { error } = result;
    if (stay && mayHaveHappened(error)) entry.unclear = true;
    if (error.code === 'RUN_CANCELLED') {
      closeSpan(core, execution, span, { status: 'cancelled', error });
      return { kind: 'cancelled' };
    }
    if (stay && isUnrepeatable(planned)) {
      const settled = mayHaveHappened(error) ? doubt(core.ports, execution, { planned, entry, error }) : undefined;
      if (!settled) delete entry.intent;
      else if (settled.kind !== 'repeat') {
        closeSpan(core, execution, span, { status: settled.kind === 'asks' ? 'waiting' : 'failed', error });
        observeAttempt(core, execution, span);
        return afterDoubt(core, execution, { entry, planned }, settled);
      }
    }
    const failure = { error, attempts: entry.attempts, waitedMs, policy: planned.retry };
    const next = decideRetry(failure, core.ports.random);
    if (!next.retry) return giveUp(core, execution, { entry, planned, span }, next.error);
    const dueAt = timestamp(core.ports.clock.now() + next.delayMs);
    closeSpan(core, execution, span, { status: 'waiting', error, retryAt: dueAt });
    observeAttempt(core, execution, span);
    if (!next.inProcess) {
      entry.dueAt = dueAt;
      return { kind: 'waits' };
    }
    waitedMs += next.plannedMs;
    await carrying.slot.sleep(next.delayMs);
  }
}

/** One attempt of an effect: its settings, its permit, its breaker, its intent where it cannot be repeated, and the call. */
async function makeCall(core: Core, carrying: Carrying, at: Attempt, stay: Stay): Promise<AttemptResult | HeldUp> {
  const { execution, planned, entry, span } = at;
  let config: Record<string, unknown>;
  try {
    config = await fillConfig(core, at);
  } catch (thrown) {
    const error = toFlowError(thrown);
    if (isOurTrouble(error)) throw error;
    return { ok: false, error };
  }
  const call = { address: execution.address, planned, config };
  const rateLimit = rateLimitOf(core, call);
  if (rateLimit && !core.trial?.isSimulated) {
    const askedAt = core.ports.clock.now();
    const held = await carrying.slot.during(takePermit(core, rateLimit, call));
    if (held) return held;
    if (core.ports.clock.now() - askedAt >= TOLD_HOLD_MS)
      entry.held ??= { by: 'rate-limit', since: timestamp(askedAt) };
  }
  const passed = core.trial?.isSimulated ? undefined : await askBreaker(core, call);
  if (passed && 'waitMs' in passed) return passed;
  const now = core.ports.clock.now();
  span.startedAt = timestamp(now);
  if (entry.held) span.held = { by: entry.held.by, ms: now - timeOf(entry.held.since) };
  delete entry.held;
  const remote = remoteOf(call);
  if (remote !== undefined) span.remote = remote;
  if (isUnrepeatable(planned) && !core.trial?.isSimulated) {
    entry.intent = { attempt: entry.attempts + 1, at: span.startedAt };
    await writeCheckpoint(core.ports, execution);
  }
  const result = await makeAttempt(core, at, carrying, config);
  stay.attempted(result.ok);
  await passed?.told(result.ok ? undefined : result.error);
  return result;
}

/** True when the entry must wait durably for its breaker or its permit. */
async function isHeldUp(core: Core, carrying: Carrying, entry: FrontierEntry, held: HeldUp): Promise<boolean> {
  const now = core.ports.clock.now();
  entry.held ??= { by: held.by, since: timestamp(now) };
  if (held.waitMs <= IN_PROCESS_HOLD_MS) {
    await carrying.slot.sleep(held.waitMs);
    return false;
  }
  entry.heldBy = held.by;
  entry.dueAt = timestamp(now + held.waitMs);
  return true;
}

async function afterDoubt(
  core: Core,
  execution: Execution,
  { entry, planned }: { entry: FrontierEntry; planned: PlannedNode },
  settled: Exclude<DoubtSettled, { kind: 'repeat' }>,
): Promise<NodeOutcome> {
  if (settled.kind === 'asks') return { kind: 'waits' };
  // A person ends the attempt that was in doubt; no other was made.
  const asked = settled.by === undefined ? undefined : waitingSpan(execution, entry);
  const span = asked ?? openSpan(core.ports, execution, planned, entry);
  if (settled.by !== undefined) span.decidedBy = settled.by;
  if (settled.kind === 'failed') return giveUp(core, execution, { entry, planned, span }, settled.error);
  closeSpan(core, execution, span, { status: 'succeeded' });
  const handle = planned.manifest.handles.out[0] ?? 'out';
  await goOn(core, execution, { entry, planned, span, emissions: [{ handle, payload: settled.payload }] });
  return { kind: 'left' };
}

/** The node's retries are over: by `onError` the execution stops, or the error goes on as a payload. */
export async function giveUp(
  core: Core,
  execution: Execution,
  at: { entry: FrontierEntry; planned: PlannedNode; span: Span },
  error: FlowError,
): Promise<NodeOutcome> {
  const { entry, planned, span } = at;
  closeSpan(core, execution, span, { status: 'failed', error });
  observeAttempt(core, execution, span);
  if (entry.unclear) logEffect(execution, planned, entry);
  const onError = entry.undoes ? 'stop' : (planned.node.onError ?? 'stop');
  if (onError === 'stop' || error.code === 'RUN_TIMED_OUT') {
    if (error.code === 'RUN_TIMED_OUT' || !failItem(execution, entry, redactedError(core.ports, execution, error)))
      return { kind: 'failed', error };
    closeFinishedSplits(execution);
    return { kind: 'left' };
  }
  const json = errorToJson(error);
  const emission =
    onError === 'branch'
      ? { handle: 'error', payload: { error: json, input: execution.payloads.get(entry.inputRef) } }
      : { handle: planned.manifest.handles.out[0] ?? 'out', payload: json };
  await goOn(core, execution, { entry, planned, span, emissions: [emission] });
  return { kind: 'left' };
}

/**
 * An effect that others follow is recorded before any of them; the last one's record is the terminal one. What cannot be repeated is
 * recorded whatever follows.
 */
function goOn(
  core: Core,
  execution: Execution,
  done: { entry: FrontierEntry; planned: PlannedNode; span: Span; emissions: readonly Emission[] },
): Promise<void> | undefined {
  const { entry, planned, span } = done;
  leaveNode(execution, done);
  closeFinishedSplits(execution);
  if (planned.manifest.effect !== 'keyed') return undefined;
  if (span.status === 'succeeded' || span.status === 'simulated') logEffect(execution, planned, entry, span.outputRef);
  const { frontier } = execution.snapshot;
  const effectsFollow = frontier.some(({ nodeId }) => plannedNode(execution, nodeId).reachesEffect);
  const isRecorded = effectsFollow || (isUnrepeatable(planned) && frontier.length > 0);
  return isRecorded ? writeCheckpoint(core.ports, execution) : undefined;
}
