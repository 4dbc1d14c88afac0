import type { ExecutionAddress, JournalSnapshot, LaneRecord } from '@crossdock/engine';
import { API_CODES, apiCode } from './bus-errors.ts';
import { readRecord } from './cas-record.ts';
import { firstSince } from './first-since.ts';
import { lanePlace } from './lanes.ts';
import type { Link } from './link.ts';
import { runFilter, triggerConsumer, triggerFilter } from './names.ts';
import { STREAMS } from './streams.ts';

/** How far a flow's triggers are all acked. */
export type FloorOf = (address: ExecutionAddress) => Promise<number>;

/** Asks for each flow's consumer once. */
export function ackFloors({ jsm }: Link): FloorOf {
  const floors = new Map<string, Promise<number>>();
  return ({ env, flowId }) => {
    const name = triggerConsumer(env, flowId);
    const floor = floors.get(name) ?? read(name);
    floors.set(name, floor);
    return floor;
  };

  async function read(name: string): Promise<number> {
    try {
      return (await jsm.consumers.info(STREAMS.triggers, name)).ack_floor.stream_seq;
    } catch (error) {
      if (apiCode(error) === API_CODES.consumerNotFound) return 0;
      throw error;
    }
  }
}

/**
 * Whether no message is left under whose lease the execution could run. It has none of its own on `run.q`: else it is not asked. Whoever runs
 * by its own trigger holds that; in a lane any trigger or message of the flow that was there when it became the head may be the one.
 */
export async function isLetGo(
  link: Link,
  address: ExecutionAddress,
  { lease, executionId, trigger }: JournalSnapshot,
  floorOf: FloorOf,
): Promise<boolean> {
  if (lease !== executionId) return true;
  const floor = await floorOf(address);
  if (trigger.lane === undefined) return trigger.seq <= floor;
  const { env, flowId } = address;
  const claim = await readRecord<LaneRecord>(link, lanePlace({ env, flowId, lane: trigger.lane }));
  if (claim?.value.head.executionId !== executionId) return false;
  const oldest = await link.next(STREAMS.run, runFilter(env, flowId), 1);
  if (oldest !== undefined && oldest.time.getTime() <= claim.storedAt) return false;
  return floor + 1 >= (await firstSince(link, STREAMS.triggers, triggerFilter(env, flowId), claim.storedAt));
}
