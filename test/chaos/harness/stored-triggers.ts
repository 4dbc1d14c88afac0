import type { Bus } from '@crossdock/bus';

/** A trigger as it was stored on the bus. */
export interface StoredTrigger {
  order: string;
  executionId: string;
}

const AT_ONCE = 32;

/**
 * Stores triggers of deployed flows past the hooks, as fast as the bus takes them: where it is their number that matters. `make` gives the
 * flow and the payload of the n-th.
 */
export async function storeTriggers<T extends { flowId: string; order: string; payload: object }>(
  bus: Bus,
  count: number,
  make: (number: number) => T,
): Promise<(T & StoredTrigger)[]> {
  const stored: (T & StoredTrigger)[] = [];
  let next = 0;
  const store = async (): Promise<void> => {
    for (let number = next++; number < count; number = next++) {
      const trigger = make(number);
      const { flowId, order, payload } = trigger;
      const { executionId } = await bus.triggers.accept({
        flowId,
        revision: 1,
        env: 'dev',
        nodeId: 'hook',
        receivedAt: new Date().toISOString(),
        headers: {},
        keys: {},
        payload: { order, seq: 1, ...payload },
      });
      stored.push({ ...trigger, executionId });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, store));
  return stored;
}
