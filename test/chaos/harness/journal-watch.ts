import type { JournalSnapshot } from '@crossdock/engine';
import { TERMINAL_STATUSES } from '@crossdock/engine';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

/** Follows every write of the journal, to see whether one that came late was ever taken. */
export interface JournalWatch {
  /** Writes seen. */
  writes(): number;
  /** Writes after an execution's end, and writes that do not count on from the one before. */
  readonly wrong: readonly string[];
  stop(): Promise<void>;
}

/** Watches from now on. What is overwritten before it is read is not seen: the journal keeps one snapshot per execution. */
export async function watchJournal(servers: string | string[]): Promise<JournalWatch> {
  const nc = await connect({ servers, maxReconnectAttempts: -1, name: 'chaos journal watch' });
  const consumer = await jetstream(nc).consumers.get('JRN', { filter_subjects: ['j.>'] });
  const messages = await consumer.consume();
  const last = new Map<string, { write: number; isOver: boolean; token: string }>();
  const terminal = new Set<string>(TERMINAL_STATUSES);
  const wrong: string[] = [];
  let writes = 0;
  void (async () => {
    for await (const message of messages) {
      const { executionId, status, write, token } = message.json<JournalSnapshot>();
      if (executionId === undefined) continue;
      writes++;
      const before = last.get(executionId);
      // An ordered consumer begins again where it was cut off and may show a write twice.
      if (before?.token === token) continue;
      if (before?.isOver || write <= (before?.write ?? 0)) wrong.push(`${executionId} write ${write} ${status}`);
      last.set(executionId, { write, isOver: terminal.has(status), token });
    }
  })();
  return {
    writes: () => writes,
    wrong,
    async stop() {
      await messages.close();
      await nc.close();
    },
  };
}
