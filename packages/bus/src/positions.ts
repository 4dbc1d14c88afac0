import { randomUUID } from 'node:crypto';
import type { PositionRecord, PositionStore, ScheduleAddress } from './bus.ts';
import { type CasRecord, type RecordPlace, readRecord, swapRecord } from './cas-record.ts';
import type { Link } from './link.ts';
import { bucketSubject, hintSubject } from './names.ts';
import { BUCKETS } from './streams.ts';

type Kind = 'turn' | 'position';

/** Turns and positions in a bucket, each moved on by compare-and-swap; hints are core NATS messages, which nobody need hear. */
export function createPositions(link: Link): PositionStore {
  const read = async <Value>(kind: Kind, trigger: ScheduleAddress): Promise<PositionRecord<Value> | undefined> => {
    const stored = await readRecord<CasRecord & { value: Value }>(link, placeOf(kind, trigger));
    return stored && { value: stored.value.value, version: stored.version };
  };
  const swap = (kind: Kind, trigger: ScheduleAddress, value: unknown, expectedVersion: number) =>
    swapRecord(link, placeOf(kind, trigger), { token: randomUUID(), value }, { expectedVersion });
  return {
    turn: (trigger) => read('turn', trigger),
    swapTurn: (trigger, value, expectedVersion) => swap('turn', trigger, value, expectedVersion),
    position: (trigger) => read('position', trigger),
    swapPosition: (trigger, value, expectedVersion) => swap('position', trigger, value, expectedVersion),
    hint(trigger) {
      if (link.isConnected()) link.nc.publish(hintSubject(trigger));
    },
    onHint(trigger, listener) {
      const subscription = link.nc.subscribe(hintSubject(trigger), { callback: () => listener() });
      return () => subscription.unsubscribe();
    },
  };
}

function placeOf(kind: Kind, { env, flowId, nodeId }: ScheduleAddress): RecordPlace {
  const subject = bucketSubject(BUCKETS.positions, `${kind}.${env}.${flowId}.${nodeId}`);
  return { stream: `KV_${BUCKETS.positions}`, subject };
}
