import { isTerminal } from '../execution.ts';
import type { MemoryBus } from './memory-bus.ts';

/**
 * I1: whatever has not ended has a lease that has not been acked, a timer, something it waits for that will ring,
 * a person who decides, or a lane whose head has one of these. Gives those that nobody will wake.
 */
export function forgottenIn(bus: MemoryBus): string[] {
  const problems: string[] = [];
  for (const [at, { executionId, env, flowId }] of bus.triggers.entries()) {
    const snapshot = bus.snapshot(executionId);
    const timer = bus.timers.get(executionId);
    if (timer && !bus.history.get(executionId)?.some(({ lease }) => lease === timer.token))
      problems.push(`${executionId} has a timer that the journal does not know`);
    if (snapshot && isTerminal(snapshot)) continue;
    // A stale timer that took the place of the right one fires, finds the execution asleep and arms the right one again.
    if (isLeased(bus, executionId) || timer) continue;
    const waits = snapshot?.asleep ? snapshot.frontier.map(({ wait }) => wait?.kind) : [];
    if (waits.includes('doubt')) continue;
    const lane = bus.laneOf(at + 1);
    if (lane !== undefined && isLaneAlive(bus, { env, flowId, lane }, executionId)) continue;
    // Children that have not ended ring; the last of them rings when it has.
    if (
      waits.includes('children') &&
      bus.triggers.some(
        ({ parent, ...child }) => parent?.executionId === executionId && !hasEnded(bus, child.executionId),
      )
    )
      continue;
    problems.push(`${executionId} is ${snapshot?.status} and nobody will wake it`);
  }
  return problems;
}

const isLeased = (bus: MemoryBus, executionId: string): boolean =>
  bus.messages.some((one) => !one.acked && one.address.executionId === executionId);

const hasEnded = (bus: MemoryBus, executionId: string): boolean => {
  const snapshot = bus.snapshot(executionId);
  return snapshot !== undefined && isTerminal(snapshot);
};

/** Someone drives the lane: a message of its own, or whoever claimed its head. To the head itself the others are doorbells. */
function isLaneAlive(
  bus: MemoryBus,
  lane: { env: string; flowId: string; lane: string },
  executionId: string,
): boolean {
  const found = bus.readLane(lane);
  if (found && !found.record.left && found.record.head.executionId === executionId)
    return bus.messages.some(({ acked, token }) => !acked && token === found.record.via);
  const drives = ({ lane: own, token, command }: MemoryBus['messages'][number]): boolean =>
    own === lane.lane || token === found?.record.via || (command?.type === 'drain' && command.lane === lane.lane);
  const isOpen = bus.messages.some((one) => !one.acked && drives(one));
  if (isOpen || !found) return isOpen;
  // Its wake-up is its own affair: those behind it must have somebody now.
  if (found.record.left) return false;
  const { head } = found.record;
  return isLeased(bus, head.executionId) || bus.timers.has(head.executionId);
}
