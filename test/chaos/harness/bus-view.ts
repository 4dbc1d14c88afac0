import { decodeSnapshot } from '@crossdock/bus/testing';
import type { JournalSnapshot } from '@crossdock/engine';
import { AckPolicy, type ConsumerInfo, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

/** Looks at the streams themselves, past the product. */
export interface BusView {
  /** The last snapshot of every execution whose journal is still kept, by execution id. */
  journals(): Promise<Map<string, JournalSnapshot>>;
  /** Messages that consumers of triggers, timers and commands have still to deliver or have no ack for. */
  pending(): Promise<number>;
  /** Ids of the executions that a timer is armed for. */
  timers(): Promise<Set<string>>;
  /** Messages and bytes of a stream. */
  size(stream: string): Promise<{ messages: number; bytes: number }>;
  /** Sets the size at which a stream refuses more. */
  limit(stream: string, maxBytes: number): Promise<void>;
  /** Sets after how long without an ack consumers of triggers, timers and commands deliver again. */
  setAckWait(ms: number): Promise<void>;
  close(): Promise<void>;
}

const BATCH = 2000;
const NANOS_PER_MS = 1_000_000;
const TIMER_SUBJECT = 'run.s.t.';

export async function viewBus(servers: string | string[]): Promise<BusView> {
  const nc = await connect({ servers, maxReconnectAttempts: -1, name: 'chaos view' });
  const js = jetstream(nc);
  const jsm = await jetstreamManager(nc);
  const workConsumers = async (): Promise<ConsumerInfo[]> => {
    const found: ConsumerInfo[] = [];
    for (const stream of ['EVT', 'RUN'])
      for await (const info of jsm.consumers.list(stream)) if (info.name.startsWith('w')) found.push(info);
    return found;
  };
  return {
    async journals() {
      const all = new Map<string, JournalSnapshot>();
      const info = await jsm.consumers.add('JRN', {
        ack_policy: AckPolicy.None,
        deliver_policy: DeliverPolicy.LastPerSubject,
        filter_subject: 'j.>',
        inactive_threshold: 30_000 * NANOS_PER_MS,
      });
      const consumer = await js.consumers.get('JRN', info.name);
      let left = info.num_pending;
      while (left > 0) {
        const before = left;
        for await (const message of await consumer.fetch({ max_messages: Math.min(BATCH, left), expires: 5000 })) {
          left--;
          const snapshot = decodeSnapshot(message.data);
          if (snapshot) all.set(snapshot.executionId, snapshot);
        }
        if (left === before) break;
      }
      await jsm.consumers.delete('JRN', info.name);
      return all;
    },
    async pending() {
      let sum = 0;
      for (const { num_pending, num_ack_pending } of await workConsumers()) sum += num_pending + num_ack_pending;
      return sum;
    },
    async timers() {
      const { state } = await jsm.streams.info('RUN', { subjects_filter: `${TIMER_SUBJECT}>` });
      return new Set(Object.keys(state.subjects ?? {}).map((subject) => subject.slice(TIMER_SUBJECT.length)));
    },
    async size(stream) {
      const { state } = await jsm.streams.info(stream);
      return { messages: state.messages, bytes: state.bytes };
    },
    async limit(stream, maxBytes) {
      const { config } = await jsm.streams.info(stream);
      await jsm.streams.update(stream, { ...config, max_bytes: maxBytes });
    },
    async setAckWait(ms) {
      for (const { stream_name, name, config } of await workConsumers())
        await jsm.consumers.update(stream_name, name, { ...config, ack_wait: ms * NANOS_PER_MS });
    },
    close: () => nc.close(),
  };
}
