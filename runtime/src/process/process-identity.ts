import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that a pid alone does not name: pids are used again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; equal for one process, different for the next one with its pid. */
  readonly startedAt: string;
}

const STAT_STATE = 0;
const STAT_START_TIME = 19;

/** The process that has this pid now; undefined when there is none, or when it has ended and only waits to be reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? linuxStart(pid) : posixStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** Ends a process that is still the one meant: SIGTERM, after `graceMs` SIGKILL. Resolves when it is gone. */
export async function endProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  const until = Date.now() + graceMs;
  signal(identity, 'SIGTERM');
  while (isRunning(identity)) {
    if (Date.now() > until) signal(identity, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Ticks since boot, from /proc/<pid>/stat; the second field may hold spaces and brackets, so it is read from its end. */
function linuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ['Z', 'X'].includes(fields[STAT_STATE] ?? 'X') ? undefined : fields[STAT_START_TIME];
  } catch {
    return undefined;
  }
}

function posixStart(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
