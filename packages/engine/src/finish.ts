import { errorToJson, type FlowError } from '@crossdock/errors';
import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import { type Execution, sealed } from './execution.ts';
import type { EnginePorts, Lease } from './ports.ts';
import type { DeadLetterRecord, JournalSnapshot } from './records.ts';
import { timestamp } from './timestamp.ts';

/** Ends an execution whose frontier is empty: terminal record, reply, ack. */
export async function succeed(core: Core, execution: Execution, lease: Lease): Promise<void> {
  await writeCheckpoint(core.ports, execution, { status: 'succeeded', endedAt: timestamp(core.ports.clock.now()) });
  await announceEnd(core.ports, execution.snapshot, lease);
}

/** Ends an execution with an error: terminal record, dead letter, reply, ack. What a replay needs stays in the record. */
export async function fail(
  core: Core,
  execution: Execution,
  lease: Lease,
  failure: { error: FlowError; nodeId?: string; crashes?: number },
): Promise<void> {
  const { error, nodeId, crashes = 0 } = failure;
  const json = sealed(core.ports, execution, errorToJson(error));
  await writeCheckpoint(core.ports, execution, {
    status: 'failed',
    crashes,
    error: nodeId === undefined ? json : { ...json, nodeId },
    endedAt: timestamp(core.ports.clock.now()),
  });
  await announceEnd(core.ports, execution.snapshot, lease);
}

/**
 * Does what follows a terminal record. All of it may be done again, so a redelivery that finds the record calls this too:
 * whatever a crash left out is made up for, and only then is the lease acked.
 */
export async function announceEnd(
  ports: Pick<EnginePorts, 'deadLetters' | 'replies'>,
  snapshot: JournalSnapshot,
  lease: Lease,
): Promise<void> {
  if (snapshot.status === 'failed') await ports.deadLetters.put(deadLetterOf(snapshot));
  const { replyTo } = snapshot.trigger;
  // A reply of the flow's own left when its node ran.
  if (replyTo !== undefined && !snapshot.reply) ports.replies.reply(replyTo, { ended: snapshot.status });
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
    attempts: spans.filter((span) => span.nodeId === nodeId).length,
    triggerSeq: trigger.seq,
    failedAt: snapshot.endedAt ?? snapshot.startedAt,
  };
}
