import type { ErrorJson, FlowError } from '@crossdock/errors';
import { restValue, writeCheckpoint } from './checkpoint.ts';
import { beginCompensation, hasEffectsToUndo } from './compensation.ts';
import type { Core } from './core.ts';
import { type Execution, redactedError } from './execution.ts';
import { observeSettled } from './observe.ts';
import type { EnginePorts, Lease } from './ports.ts';
import type { DeadLetterRecord, ExecutionStatus, JournalSnapshot, RestingValue } from './records.ts';
import { closeOpenSpans, mostAttempts } from './spans.ts';
import { timestamp } from './timestamp.ts';

export interface Failure {
  error: FlowError;
  nodeId?: string;
  crashes?: number;
  /** False: end it as it is, though it has effects that could be undone. */
  undo?: boolean;
}

/** Ends an execution whose frontier is empty: terminal record, reply, ack. What undid its effects is `compensated`. */
export async function succeed(core: Core, execution: Execution, lease: Lease): Promise<void> {
  const status = execution.snapshot.status === 'compensating' ? 'compensated' : 'succeeded';
  await end(core, execution, lease, { status });
}

/**
 * Ends an execution with an error, or begins to undo its effects where it has any; then it is to be carried on (`false`). What a replay
 * needs stays in the record. An error while undoing is the end, too.
 */
export async function fail(core: Core, execution: Execution, lease: Lease, failure: Failure): Promise<boolean> {
  const { error, nodeId, crashes = 0, undo = true } = failure;
  closeOpenSpans(core, execution);
  if (undo && hasEffectsToUndo(execution)) {
    await beginCompensation(core, execution, nodeId === undefined ? { error } : { error, nodeId });
    return false;
  }
  const isUndoing = execution.snapshot.status === 'compensating';
  const json = redactedError(core.ports, execution, error);
  const why = isUndoing && execution.snapshot.error ? withCause(json, execution.snapshot.error) : json;
  await end(core, execution, lease, {
    status: isUndoing ? 'compensation-failed' : 'failed',
    crashes,
    error: nodeId === undefined ? why : { ...why, nodeId },
  });
  return true;
}

/** The record of an execution that a person ended. */
export async function endCancelled(core: Core, execution: Execution, lease: Lease, error: FlowError): Promise<void> {
  await end(core, execution, lease, { status: 'cancelled', error: redactedError(core.ports, execution, error) });
}

async function end(
  core: Core,
  execution: Execution,
  lease: Lease,
  change: { status: ExecutionStatus; error?: JournalSnapshot['error']; crashes?: number },
): Promise<void> {
  const { error, ...rest } = change;
  await writeCheckpoint(core.ports, execution, {
    ...rest,
    ...(error ? { error } : {}),
    ...(execution.snapshot.trigger.parent ? { result: await resultOf(core, execution) } : {}),
    endedAt: timestamp(core.ports.clock.now()),
  });
  observeSettled(core, execution);
  await announceEnd(core.ports, execution.snapshot, lease);
}

/** What a parent gets: the answer, else what the branches ended with, one or several. */
async function resultOf({ ports }: Core, execution: Execution): Promise<RestingValue> {
  const { reply, ends = [] } = execution.snapshot;
  const payloads = ends.map((ref) => execution.payloads.get(ref));
  return restValue(ports, execution, reply ? reply.body : payloads.length > 1 ? payloads : payloads[0]);
}

/** The failure that was being undone stays visible below the one that stopped the undoing. */
function withCause(json: ErrorJson, { nodeId: _nodeId, ...cause }: NonNullable<JournalSnapshot['error']>): ErrorJson {
  return { ...json, cause };
}

/**
 * Does what follows a terminal record. All of it may be done again, so a redelivery that finds the record calls this too:
 * whatever a crash left out is made up for, and only then is the lease acked.
 */
export async function announceEnd(
  ports: Pick<EnginePorts, 'deadLetters' | 'replies' | 'children'>,
  snapshot: JournalSnapshot,
  lease: Lease,
): Promise<void> {
  const { status, trigger, executionId, error, result = { value: null } } = snapshot;
  // Who waits for it fails with it and is the one to replay: that starts it anew.
  const isDeadLetter = status === 'compensation-failed' || (status === 'failed' && !trigger.parent);
  if (isDeadLetter) await ports.deadLetters.put(deadLetterOf(snapshot));
  if (trigger.parent) {
    const { index } = trigger.parent;
    await ports.children.ended(trigger.parent, { index, executionId, status, result, ...(error ? { error } : {}) });
  }
  // A reply of the flow's own left when its node ran.
  if (trigger.replyTo !== undefined && !snapshot.reply) ports.replies.reply(trigger.replyTo, { ended: status });
  lease.ack();
}

function deadLetterOf(snapshot: JournalSnapshot): DeadLetterRecord {
  const { executionId, flowId, revision, env, error, spans, trigger } = snapshot;
  const { nodeId, ...json } = error ?? { code: 'SYSTEM_UNEXPECTED' as const, message: 'the record holds no error' };
  return {
    executionId,
    flowId,
    revision,
    env,
    ...(nodeId === undefined ? {} : { nodeId }),
    error: json,
    attempts: mostAttempts(spans.filter((span) => span.nodeId === nodeId)),
    triggerSeq: trigger.seq,
    failedAt: snapshot.endedAt ?? snapshot.startedAt,
  };
}
