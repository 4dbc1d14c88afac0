export { type LeaseMessage, MemoryBus } from './memory-bus.ts';
export { type Behaviour, testFlow, testManifests, testRunners, unavailable } from './test-nodes.ts';
export { VirtualClock } from './virtual-clock.ts';
export { createWorkbench, leaseOf, memoryPorts, settleMicrotasks, type Workbench } from './workbench.ts';
