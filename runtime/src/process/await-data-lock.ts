import { setTimeout as sleep } from 'node:timers/promises';
import { type DataLock, lockDataFolder } from './data-lock.ts';
import { DataFolderInUse } from './start-problem.ts';

/** A holder whose launcher was killed needs a moment to notice and say that it is leaving. */
const NOTICE_MS = 1500;
/** Longer than a drain may take. */
const LEAVE_MS = 40_000;
const LOOK_EVERY_MS = 100;

/** Takes the lock of a data folder, waiting for a holder that is on its way out. Throws `StartProblem` when it is held and stays so. */
export async function awaitDataLock(dir: string, port: number, isStopping: () => boolean): Promise<DataLock> {
  const startedAt = Date.now();
  for (;;) {
    try {
      return lockDataFolder(dir, port);
    } catch (error) {
      if (!(error instanceof DataFolderInUse)) throw error;
      const patience = error.isLeaving ? LEAVE_MS : NOTICE_MS;
      if (isStopping() || Date.now() - startedAt > patience) throw error;
    }
    await sleep(LOOK_EVERY_MS);
  }
}
