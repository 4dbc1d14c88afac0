export type { BusPorts, ContractCase, PortsUnderTest } from './contract/ports-under-test.ts';
export { type LeaseMessage, MemoryBus } from './memory-bus.ts';
export { portContract } from './port-contract.ts';
export { type ScenarioName, scenarios } from './scenarios.ts';
export { seededChance } from './seeded-chance.ts';
export { type SimulationOptions, simulate } from './simulation.ts';
export { type Behaviour, testFlow, testManifests, testRunners, unavailable } from './test-nodes.ts';
export { VirtualClock } from './virtual-clock.ts';
export { createWorkbench, leaseOf, memoryPorts, settleMicrotasks, type Workbench } from './workbench.ts';
