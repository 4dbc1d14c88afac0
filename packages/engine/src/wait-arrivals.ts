import type { EnginePorts, ExecutionAddress, ParentOf } from './ports.ts';
import type { FrontierEntry } from './records.ts';

type Ports = Pick<EnginePorts, 'events' | 'children'>;

/** Whether what an entry waits for has come. */
export async function hasArrived(ports: Ports, address: ExecutionAddress, entry: FrontierEntry): Promise<boolean> {
  const { wait } = entry;
  if (wait?.kind === 'event') return (await ports.events.find({ env: address.env, ...wait })) !== undefined;
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
