import type { AloneOutcome, Lease } from '@crossdock/engine';
import type { WorkerSettings } from './messages.ts';
import { type SideProcess, type SideProcessContext, startSideProcess } from './side-process.ts';

/** Each holds its parsed payload, many times its size: more at once would need their memory together. */
const AT_ONCE = 4;
/** Starting a process takes a second; one that is not used takes 60 MB. */
const KEEP_MS = 60_000;

/** Runs executions with large payloads in one process beside the worker, so that no other execution waits while they are parsed. */
export function runBesideIn(settings: WorkerSettings, context: Omit<SideProcessContext, 'role'>) {
  const line: (() => void)[] = [];
  let running = 0;
  let process: SideProcess | undefined;
  let leaving: NodeJS.Timeout | undefined;

  return async (lease: Lease, signal: AbortSignal): Promise<AloneOutcome> => {
    if (running >= AT_ONCE) await new Promise<void>((go) => line.push(go));
    else running++;
    clearTimeout(leaving);
    if (!process?.isAlive()) process = startSideProcess(settings, { ...context, role: 'beside' });
    try {
      return await process.run(lease, signal);
    } finally {
      const next = line.shift();
      if (next) next();
      else if (--running === 0) leaving = setTimeout(leave, KEEP_MS).unref();
    }
  };

  function leave(): void {
    process?.end();
    process = undefined;
  }
}
