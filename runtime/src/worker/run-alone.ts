import type { AloneOutcome, Lease } from '@crossdock/engine';
import type { WorkerSettings } from './messages.ts';
import { type SideProcess, type SideProcessContext, startSideProcess } from './side-process.ts';

/** Whoever is taken for a culprit may only have been near one: after a storm there are many, and each costs a process. */
const PROCESSES_AT_ONCE = 2;

/** Runs what killed workers before in a process of its own, so that it kills nobody's neighbours again. */
export function runAloneIn(settings: WorkerSettings, context: Omit<SideProcessContext, 'role'>) {
  const start = () => startSideProcess(settings, { ...context, role: 'alone' });
  const queue: ((spare: SideProcess | undefined) => void)[] = [];
  let running = 0;
  return async (lease: Lease, signal: AbortSignal): Promise<AloneOutcome> => {
    let spare: SideProcess | undefined;
    if (running >= PROCESSES_AT_ONCE) spare = await new Promise((go) => queue.push(go));
    else running++;
    let process = spare ?? start();
    try {
      context.log.warn(
        { ...lease.address },
        'running an execution in a process of its own, as it ended workers before',
      );
      const outcome = await process.run(lease, signal);
      if (outcome === 'settled' || spare === undefined || signal.aborted) return outcome;
      // What an innocent one before it left behind may have ended the process: only one that is fresh convicts.
      process = start();
      return await process.run(lease, signal);
    } finally {
      const left = process.isAlive() ? process : undefined;
      const next = queue.shift();
      if (next) next(left);
      else {
        running--;
        left?.end();
      }
    }
  };
}
