import type { Fleet } from './fleet.ts';
import { childrenOf, residentMiB } from './processes.ts';

/** Resident memory in MiB, summed over the processes of a kind. */
export interface Memory {
  control: number;
  workers: number;
  nats: number;
}

/** What every process of the fleet and the nats-servers hold now. */
export function memoryOf(fleet: Fleet, natsPids: readonly number[]): Memory {
  const sum = (pids: readonly number[]): number => pids.reduce((total, pid) => total + (residentMiB(pid) ?? 0), 0);
  const workerPids = fleet.workers.map((worker) => worker.pid()).filter((pid) => pid !== undefined);
  return {
    control: sum([fleet.control.pid, ...childrenOf(fleet.control.pid)]),
    workers: sum(workerPids),
    nats: sum(natsPids),
  };
}

/** Reads the memory again and again. */
export function watchMemory(
  read: () => Memory,
  everyMs = 5000,
): { samples: { at: number; memory: Memory }[]; stop(): void } {
  const samples: { at: number; memory: Memory }[] = [];
  const take = (): void => void samples.push({ at: Date.now(), memory: read() });
  take();
  const timer = setInterval(take, everyMs);
  return { samples, stop: () => clearInterval(timer) };
}

/**
 * Growth of a part from the first third of the samples to the last, as a ratio: of the least that each holds or of the most, whichever grew
 * less. A leak raises both; when a process with little to do collects its garbage, or gives memory back, moves one of them.
 */
export function growth(samples: readonly { memory: Memory }[], part: keyof Memory): number {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const early = samples.slice(0, third).map(({ memory }) => memory[part]);
  const late = samples.slice(-third).map(({ memory }) => memory[part]);
  const ratioOf = (pick: (...values: number[]) => number): number => pick(...late) / Math.max(1, pick(...early));
  return Math.min(ratioOf(Math.min), ratioOf(Math.max));
}
