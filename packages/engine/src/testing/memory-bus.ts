import type { Reply } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { ExecutionAddress, Lease } from '../ports.ts';
import type { DeadLetterRecord, JournalSnapshot, TraceRecord, TriggerRecord } from '../records.ts';

/** A message that bears a lease, as the bus keeps it. */
export interface LeaseMessage {
  id: number;
  kind: Lease['kind'];
  address: ExecutionAddress;
  token: string;
  triggerSeq: number;
  deliveries: number;
  acked: boolean;
  /** Not deliverable before, in virtual milliseconds. */
  availableAt: number;
  /** A worker holds it. */
  held: boolean;
}

/** What JetStream would hold, without any of its trouble: the simulation adds that. Snapshots are copied as a wire would. */
export class MemoryBus {
  readonly triggers: TriggerRecord[] = [];
  readonly messages: LeaseMessage[] = [];
  readonly journal = new Map<string, { snapshot: JournalSnapshot; version: number }>();
  /** Every write of each execution, oldest first. */
  readonly history = new Map<string, JournalSnapshot[]>();
  readonly timers = new Map<string, { address: ExecutionAddress; token: string; dueAt: number }>();
  readonly deadLetters = new Map<string, DeadLetterRecord>();
  readonly traces: TraceRecord[] = [];
  readonly replies: { replyTo: string; reply: Reply | { ended: JournalSnapshot['status'] } }[] = [];

  accept(record: TriggerRecord): LeaseMessage {
    this.triggers.push(record);
    const { env, flowId, executionId } = record;
    return this.send('trigger', { env, flowId, executionId }, executionId, this.triggers.length);
  }

  send(kind: Lease['kind'], address: ExecutionAddress, token: string, triggerSeq = 0): LeaseMessage {
    const id = this.messages.length + 1;
    const message = { id, kind, address, token, triggerSeq, deliveries: 0, acked: false, availableAt: 0, held: false };
    this.messages.push(message);
    return message;
  }

  read({ executionId }: ExecutionAddress): { snapshot: JournalSnapshot; version: number } | undefined {
    return structuredClone(this.journal.get(executionId));
  }

  /** Throws `SYSTEM_LEASE_LOST` when the journal does not stand at `expected`. */
  write(snapshot: JournalSnapshot, expected: number): number {
    const { executionId } = snapshot;
    const version = this.journal.get(executionId)?.version ?? 0;
    if (version !== expected) throw new FlowError('SYSTEM_LEASE_LOST');
    const copy = structuredClone(snapshot);
    this.journal.set(executionId, { snapshot: copy, version: version + 1 });
    this.history.set(executionId, [...(this.history.get(executionId) ?? []), copy]);
    return version + 1;
  }

  arm(address: ExecutionAddress, { token, dueAt }: { token: string; dueAt: string }): void {
    this.timers.set(address.executionId, { address, token, dueAt: Date.parse(dueAt) });
  }

  /** Turns the timer of an execution into a lease. */
  fire(executionId: string): LeaseMessage | undefined {
    const timer = this.timers.get(executionId);
    if (!timer) return undefined;
    this.timers.delete(executionId);
    return this.send('timer', timer.address, timer.token);
  }

  /** What the journal shows of an execution. */
  snapshot(executionId: string): JournalSnapshot | undefined {
    return this.journal.get(executionId)?.snapshot;
  }
}
