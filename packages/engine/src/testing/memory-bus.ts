import type { CloudEvent, Reply } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { BreakerState, ExecutionAddress, LaneAddress, Lease, ParentOf, QueuedTrigger } from '../ports.ts';
import type {
  ChildEnd,
  Command,
  DeadLetterRecord,
  JournalSnapshot,
  LaneRecord,
  TraceRecord,
  TriggerRecord,
} from '../records.ts';

/** What a trigger holds inline, in characters of JSON; a larger payload goes to a blob. */
const MAX_INLINE = 256 * 1024;

/** A message that bears a lease, as the bus keeps it. */
export interface LeaseMessage {
  id: number;
  kind: Lease['kind'];
  address: ExecutionAddress;
  token: string;
  triggerSeq: number;
  lane?: string;
  command?: Command;
  deliveries: number;
  acked: boolean;
  /** Not deliverable before, in virtual milliseconds. */
  availableAt: number;
  /** A worker holds it. */
  held: boolean;
}

/**
 * What JetStream would hold, without any of its trouble: the simulation adds that. It keeps `portContract`, as the real bus does, and
 * everything in it is copied as a wire would.
 */
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
  /** Lane of each trigger, by sequence − 1. */
  private readonly lanesOf: (string | undefined)[] = [];
  readonly lanes = new Map<string, { record: LaneRecord; version: number }>();
  readonly ends = new Map<string, Map<number, ChildEnd>>();
  readonly events: { env: string; key: string; event: CloudEvent; storedAt: string }[] = [];
  private readonly expecting = new Map<string, Map<string, ExecutionAddress>>();
  readonly wantedCancels = new Map<string, string>();
  private readonly cancelListeners = new Map<string, Set<(by: string) => void>>();
  readonly breakers = new Map<string, { value: BreakerState; version: number }>();
  readonly blobs = new Map<string, Uint8Array>();
  readonly permits = new Map<string, number>();

  accept(record: TriggerRecord, lane?: string): LeaseMessage {
    this.triggers.push(overTheWire(this.storable(record)));
    this.lanesOf.push(lane);
    const { env, flowId, executionId } = record;
    const message = this.send('trigger', { env, flowId, executionId }, executionId, this.triggers.length);
    if (lane !== undefined) message.lane = lane;
    return message;
  }

  private storable({ payload = null, ...record }: TriggerRecord): TriggerRecord {
    if (record.payloadBlob !== undefined) return record;
    const json = JSON.stringify(payload);
    if (json.length <= MAX_INLINE) return { ...record, payload };
    const bytes = new TextEncoder().encode(json);
    return { ...record, payloadBlob: this.putBlob(bytes), payloadBytes: bytes.byteLength };
  }

  putBlob(bytes: Uint8Array): string {
    const ref = `blob-${this.blobs.size + 1}`;
    this.blobs.set(ref, bytes.slice());
    return ref;
  }

  /** Throws `API_NOT_FOUND` for one that nobody put. */
  getBlob(ref: string): Uint8Array {
    const bytes = this.blobs.get(ref);
    if (!bytes) throw new FlowError('API_NOT_FOUND', { details: { what: 'blob', id: ref } });
    return bytes.slice();
  }

  send(
    kind: Lease['kind'],
    { env, flowId, executionId }: ExecutionAddress,
    token: string,
    triggerSeq = 0,
  ): LeaseMessage {
    const id = this.messages.length + 1;
    const address = { env, flowId, executionId };
    const message = { id, kind, address, token, triggerSeq, deliveries: 0, acked: false, availableAt: 0, held: false };
    this.messages.push(message);
    return message;
  }

  command(address: ExecutionAddress, command: Command): LeaseMessage {
    const message = this.send('command', address, `c${this.messages.length + 1}`);
    message.command = overTheWire(command);
    return message;
  }

  readLane(lane: LaneAddress): { record: LaneRecord; version: number } | undefined {
    return overTheWire(this.lanes.get(laneKey(lane)));
  }

  claimLane(lane: LaneAddress, record: LaneRecord, expected: number): number | undefined {
    const found = this.lanes.get(laneKey(lane));
    const version = found?.version ?? 0;
    if (version !== expected) return found?.record.token === record.token ? version : undefined;
    this.lanes.set(laneKey(lane), { record: overTheWire(record), version: version + 1 });
    return version + 1;
  }

  /** The lane of the trigger with this sequence. */
  laneOf(seq: number): string | undefined {
    return this.lanesOf[seq - 1];
  }

  nextInLane({ env, flowId, lane }: LaneAddress, afterSeq: number): QueuedTrigger | undefined {
    const at = this.triggers.findIndex(
      (record, index) =>
        index >= afterSeq && this.lanesOf[index] === lane && record.env === env && record.flowId === flowId,
    );
    const record = this.triggers[at];
    return record && { executionId: record.executionId, seq: at + 1, trigger: async () => overTheWire(record) };
  }

  startChild(child: TriggerRecord): void {
    if (this.triggers.some(({ executionId }) => executionId === child.executionId)) return;
    this.accept(child);
  }

  recordEnd(parent: ParentOf, end: ChildEnd): void {
    const ends = this.ends.get(endsKey(parent)) ?? new Map<number, ChildEnd>();
    this.ends.set(endsKey(parent), ends);
    if (!ends.has(end.index)) ends.set(end.index, overTheWire(end));
  }

  endsOf(parent: ParentOf): ChildEnd[] {
    return overTheWire([...(this.ends.get(endsKey(parent))?.values() ?? [])]);
  }

  emit(env: string, key: string, event: CloudEvent, now: number): void {
    const { id, source } = event;
    const isSame = (one: (typeof this.events)[number]): boolean =>
      one.env === env && one.key === key && one.event.id === id && one.event.source === source;
    if (this.events.some(isSame)) return;
    this.events.push({ env, key, event: overTheWire(event), storedAt: new Date(now).toISOString() });
    for (const address of this.expecting.get(`${env}/${key}`)?.values() ?? []) this.command(address, { type: 'bell' });
  }

  findEvent(query: { env: string; key: string; eventType?: string; since: string }): CloudEvent | undefined {
    const { env, key, eventType, since } = query;
    const found = this.events.find(
      (one) =>
        one.env === env &&
        one.key === key &&
        one.storedAt >= since &&
        (eventType === undefined || one.event.type === eventType),
    );
    return overTheWire(found?.event);
  }

  expect(address: ExecutionAddress, key: string): void {
    const place = `${address.env}/${key}`;
    const expecting = this.expecting.get(place) ?? new Map<string, ExecutionAddress>();
    this.expecting.set(place, expecting.set(address.executionId, address));
  }

  wantCancel(executionId: string, by: string): void {
    this.wantedCancels.set(executionId, by);
    for (const listener of this.cancelListeners.get(executionId) ?? []) listener(by);
  }

  onWantedCancel(executionId: string, listener: (by: string) => void): () => void {
    const listeners = this.cancelListeners.get(executionId) ?? new Set();
    this.cancelListeners.set(executionId, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  setBreaker(scope: string, value: BreakerState, expected: number): boolean {
    const version = this.breakers.get(scope)?.version ?? 0;
    if (version !== expected) return false;
    this.breakers.set(scope, { value, version: version + 1 });
    return true;
  }

  takePermits(scope: string, { startMs, limit, wanted }: { startMs: number; limit: number; wanted: number }): number {
    const window = `${scope}@${startMs}`;
    const taken = this.permits.get(window) ?? 0;
    this.permits.set(window, taken + wanted);
    return Math.max(0, Math.min(wanted, limit - taken));
  }

  read({ executionId }: ExecutionAddress): { snapshot: JournalSnapshot; version: number } | undefined {
    return overTheWire(this.journal.get(executionId));
  }

  /** Throws `SYSTEM_LEASE_LOST` when the journal does not stand at `expected`, unless by this very write. */
  write(snapshot: JournalSnapshot, expected: number): number {
    const { executionId, token } = snapshot;
    const found = this.journal.get(executionId);
    const version = found?.version ?? 0;
    if (version !== expected) {
      if (found?.snapshot.token === token) return version;
      throw new FlowError('SYSTEM_LEASE_LOST');
    }
    const copy = overTheWire(snapshot);
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

/** Copies a value as JSON keeps it. */
export function overTheWire<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

const laneKey = ({ env, flowId, lane }: LaneAddress): string => `${env}/${flowId}/${lane}`;
const endsKey = ({ env, executionId, nodeId, iteration }: ParentOf): string =>
  `${env}/${executionId}/${nodeId}/${iteration}`;
