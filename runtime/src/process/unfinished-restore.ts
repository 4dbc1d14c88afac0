import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './start-problem.ts';

const MARK = 'restore.unfinished';

/** Marks a data folder while a restore fills it. Gives what takes the mark away. */
export function markRestore(dir: string): () => void {
  const path = join(dir, MARK);
  writeFileSync(path, new Date().toISOString(), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

/** Throws `StartProblem` for a folder whose restore was broken off: part of the orders would be missing. */
export function refuseUnfinishedRestore(dir: string): void {
  if (existsSync(join(dir, MARK)))
    throw new StartProblem(
      `the folder ${dir} holds a restore that was broken off, with part of what the backup has; remove the folder and restore again`,
    );
}
