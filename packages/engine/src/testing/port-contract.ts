import { guardContract } from './contract/guard-contract.ts';
import { journalContract } from './contract/journal-contract.ts';
import { laneContract } from './contract/lane-contract.ts';
import { leaseContract } from './contract/lease-contract.ts';
import type { ContractCase } from './contract/ports-under-test.ts';
import { waitingContract } from './contract/waiting-contract.ts';

/**
 * What the engine takes for granted of its ports, one case for each promise. The simulation proves the engine on the in-memory model; what
 * makes that worth something is that the same promises hold for the model and for NATS.
 */
export const portContract: readonly ContractCase[] = [
  ...journalContract,
  ...leaseContract,
  ...laneContract,
  ...waitingContract,
  ...guardContract,
];
