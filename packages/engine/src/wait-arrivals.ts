import type { EnginePorts, ExecutionAddress, ParentOf } from './ports.ts';
import type { EntryWait, FrontierEntry } from './records.ts';

type Ports = Pick<EnginePorts, 'events' | 'children' | 'seal'>;

/** What an entry waits for, its key in clear. */
export function eventQuery(
  { seal }: Pick<EnginePorts, 'seal'>,
  { env, executionId }: ExecutionAddress,
  { key, eventType, since }: Extract<EntryWait, { kind: 'event' }>,
): { env: string; key: string; eventType?: string; since: string } {
  const clear = String(seal.open(key, { env, executionId }));
  return { env, key: clear, since, ...(eventType === undefined ? {} : { eventType }) };
}

/** Whether what an entry waits for has come. */
export async function hasArrived(ports: Ports, address: ExecutionAddress, entry: FrontierEntry): Promise<boolean> {
  const { wait } = entry;
  if (wait?.kind === 'event') return (await ports.events.find(eventQuery(ports, address, wait))) !== undefined;
  if (wait?.kind === 'children') return (await ports.children.countEnds(parentOf(address, entry))) >= wait.count;
  return false;
}

/** Marks the entries whose wait is over; false when there are none. */
export async function markArrivals(
  ports: Ports,
  address: ExecutionAddress,
  frontier: readonly FrontierEntry[],
): Promise<boolean> {
  let some = false;
  for (const entry of frontier) {
    const { wait } = entry;
    if ((wait?.kind !== 'event' && wait?.kind !== 'children') || !(await hasArrived(ports, address, entry))) continue;
    wait.hasCome = true;
    some = true;
  }
  return some;
}

/** The entry as its children know it. */
export function parentOf({ env, flowId, executionId }: ExecutionAddress, entry: FrontierEntry): ParentOf {
  return { env, flowId, executionId, nodeId: entry.nodeId, iteration: entry.iteration };
}
