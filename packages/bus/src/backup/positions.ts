import { AckPolicy, type ConsumerConfig, DeliverPolicy } from '@nats-io/jetstream';
import type { Link } from '../link.ts';
import type { StreamSpec } from '../streams.ts';
import { backupWay } from './ways.ts';

/** How far a durable consumer was: everything up to `floor` is done. */
export interface ConsumerPosition {
  stream: string;
  name: string;
  floor: number;
  config: Partial<ConsumerConfig>;
}

/** Fields of a consumer's configuration that its work depends on; the rest is the server's. */
const KEPT = ['ack_wait', 'max_ack_pending', 'max_deliver', 'filter_subject', 'inactive_threshold'] as const;

/** Where the consumers of the streams that keep their sequences stand. Of the others they begin with all that is left. */
export async function readPositions({ jsm }: Link, specs: readonly StreamSpec[]): Promise<ConsumerPosition[]> {
  const positions: ConsumerPosition[] = [];
  for (const spec of specs) {
    if (backupWay(spec) !== 'log') continue;
    for await (const { name, config, ack_floor } of jsm.consumers.list(spec.name)) {
      if (config.durable_name === undefined) continue;
      const kept = Object.fromEntries(KEPT.flatMap((key) => (config[key] === undefined ? [] : [[key, config[key]]])));
      positions.push({ stream: spec.name, name, floor: ack_floor.stream_seq, config: kept });
    }
  }
  return positions;
}

/** Makes a consumer that begins right behind what was done. */
export async function restorePosition({ jsm }: Link, { stream, name, floor, config }: ConsumerPosition): Promise<void> {
  await jsm.consumers.add(stream, {
    ...config,
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: floor + 1,
  });
}
