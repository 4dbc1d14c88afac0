import { describe, it } from 'vitest';
import type { ExecutionAddress, Lease } from './ports.ts';
import {
  leaseOf,
  MemoryBus,
  memoryPorts,
  type PortsUnderTest,
  portContract,
  settleMicrotasks,
  VirtualClock,
} from './testing/index.ts';

/** A lease that its worker left comes again after this. */
const ACK_WAIT_MS = 10_000;

/** Two workers' ports on the model. Its clock runs as far as someone waits. */
function portsOnModel(): PortsUnderTest {
  const bus = new MemoryBus();
  const clock = new VirtualClock();
  const leases: { lease: Lease; drop(): void }[] = [];
  let named = 0;
  const address = (): ExecutionAddress => ({ env: 'dev', flowId: 'orders', executionId: `e${++named}` });
  const deliver = (): void => {
    for (const [executionId, { dueAt }] of bus.timers) if (dueAt <= clock.now()) bus.fire(executionId);
    for (const message of bus.messages) {
      if (message.acked || message.held || message.availableAt > clock.now()) continue;
      const drop = (): void => {
        message.held = false;
        message.availableAt = clock.now() + ACK_WAIT_MS;
      };
      leases.push({ lease: leaseOf(bus, message, clock), drop });
    }
  };
  const pass = async (ms: number): Promise<void> => {
    const end = clock.now() + ms;
    for (;;) {
      deliver();
      await settleMicrotasks();
      const due = [
        ...[...bus.timers.values()].map(({ dueAt }) => dueAt),
        ...bus.messages.filter(({ acked, held }) => !acked && !held).map(({ availableAt }) => availableAt),
      ];
      const next = Math.min(...due.filter((at) => at > clock.now()));
      if (next > end) break;
      clock.moveTo(next);
    }
    clock.moveTo(end);
  };
  return {
    ...memoryPorts(bus, clock, []),
    other: memoryPorts(bus, clock, []),
    address,
    async accept(trigger, { lane } = {}) {
      const place = { ...address(), ...(trigger.flowId === undefined ? {} : { flowId: trigger.flowId }) };
      const at = new Date(clock.now()).toISOString();
      const record = { ...place, revision: 1, nodeId: 'hook', receivedAt: at, headers: {}, keys: {}, ...trigger };
      return bus.accept(record, lane).address;
    },
    async delivered(executionId) {
      deliver();
      return leases.flatMap(({ lease }) => (lease.address.executionId === executionId ? [lease] : []));
    },
    drop: (lease) => leases.find((one) => one.lease === lease)?.drop(),
    deadLettersOf: async (executionId) =>
      [...bus.deadLetters.values()].filter((one) => one.executionId === executionId),
    now: () => clock.now(),
    pass,
  };
}

describe('the in-memory model keeps what the engine is promised:', () => {
  it.each(portContract)('$name', ({ run }) => run(portsOnModel()));
});
