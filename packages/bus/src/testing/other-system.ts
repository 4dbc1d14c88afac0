import { jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { type MsgHdrs, headers as newHeaders } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';

/** Another system on the NATS that Crossdock runs on: it sends messages and keeps some of them in a stream of its own. */
export interface OtherSystem {
  makeStream(name: string, subjects: string[], options?: { workQueue?: boolean }): Promise<void>;
  publish(subject: string, data: string | Uint8Array, headers?: Record<string, string>): Promise<void>;
  /** The answer's text. */
  request(subject: string, data: string): Promise<string>;
  close(): Promise<void>;
}

export async function connectOtherSystem(url: string): Promise<OtherSystem> {
  const nc = await connect({ servers: url, name: 'another system' });
  return {
    async makeStream(name, subjects, { workQueue = false } = {}) {
      const jsm = await jetstreamManager(nc);
      await jsm.streams.add({ name, subjects, ...(workQueue ? { retention: RetentionPolicy.Workqueue } : {}) });
    },
    async publish(subject, data, headers) {
      nc.publish(subject, data, headers ? { headers: hdrsOf(headers) } : {});
      await nc.flush();
    },
    request: async (subject, data) => (await nc.request(subject, data, { timeout: 10_000 })).string(),
    close: () => nc.close(),
  };
}

function hdrsOf(fields: Record<string, string>): MsgHdrs {
  const made = newHeaders();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
}
