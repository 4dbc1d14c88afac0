import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { DataFolderInUse } from './start-problem.ts';
import { refuseUnfinishedRestore } from './unfinished-restore.ts';

const LOCK_FILE = 'crossdock.lock';

interface Holder extends ProcessIdentity {
  /** RFC 3339 UTC. */
  readonly since: string;
  readonly port: number;
  /** It is stopping: a next start may wait for it. */
  readonly isLeaving?: boolean;
  /** Where it hands out backups. */
  readonly controlSocket?: string;
}

export interface DataLock {
  /** Lets a refused start say on which port this one answers, where it was not known before. */
  answersOn(port: number): void;
  /** Tells the backup command where to ask. */
  controlledAt(socket: string): void;
  /** Tells a next start that this one is stopping. */
  leaving(): void;
  release(): void;
}

/**
 * Takes the one lock of a data folder (made when missing). A lock whose process is gone, or whose pid another process has by now, is
 * taken over; a lock that is held throws `DataFolderInUse`, and a folder that a restore filled in part `StartProblem`.
 */
export function lockDataFolder(dir: string, port: number): DataLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const self = identify(process.pid);
  if (!self) throw new Error('reading the own start time');
  const path = join(dir, LOCK_FILE);
  const draft = `${path}.${process.pid}`;
  const since = new Date().toISOString();
  let holder: Holder = { ...self, since, port };
  const write = () => writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  const rewrite = (change: Partial<Holder>) => {
    holder = { ...holder, ...change };
    write();
    renameSync(draft, path);
  };
  write();
  try {
    while (!linkUnlessThere(draft, path)) removeStale(path, dir);
  } finally {
    rmSync(draft, { force: true });
  }
  const release = () => {
    if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
  };
  try {
    refuseUnfinishedRestore(dir);
  } catch (error) {
    release();
    throw error;
  }
  return {
    answersOn: (heldPort) => rewrite({ port: heldPort }),
    controlledAt: (controlSocket) => rewrite({ controlSocket }),
    leaving: () => rewrite({ isLeaving: true }),
    release,
  };
}

/** The running process that holds the data folder; undefined when none does. */
export function holderOf(dir: string): Holder | undefined {
  const holder = readHolder(join(dir, LOCK_FILE));
  return holder && isRunning(holder) ? holder : undefined;
}

/** A link appears at once with its content, and never replaces one that is there. */
function linkUnlessThere(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function removeStale(path: string, dir: string): void {
  refuseIfHeld(readHolder(path), dir);
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  // Between reading and moving, another start may have taken the stale lock over: then what was moved is its lock, and goes back.
  const moved = readHolder(aside);
  if (moved && isRunning(moved)) linkUnlessThere(aside, path);
  rmSync(aside, { force: true });
  refuseIfHeld(moved, dir);
}

function refuseIfHeld(holder: Holder | undefined, dir: string): void {
  if (!holder || !isRunning(holder)) return;
  throw new DataFolderInUse(
    `the data folder ${dir} is in use by process ${holder.pid} since ${holder.since}, on port ${holder.port}; stop it, or choose another with --data-dir`,
    holder.isLeaving === true,
  );
}

/** Undefined when it is gone or cannot be read: a lock is written whole or not at all, so what cannot be read holds nothing. */
function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
