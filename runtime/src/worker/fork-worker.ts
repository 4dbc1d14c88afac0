import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { FromWorker, ToWorker } from './messages.ts';

/** A worker process and the messages of both sides. */
export interface ForkedWorker {
  readonly process: ChildProcess;
  /** Says nothing when the process is gone by now. */
  send(message: ToWorker): void;
}

/** Starts a worker process in this process's group; it ends by itself when this process is gone, as its channel closes then. */
export function forkWorker(
  first: ToWorker,
  on: { message(message: FromWorker): void; line(line: string): void; exit(reason: string): void },
  { flags = [] }: { flags?: readonly string[] } = {},
): ForkedWorker {
  const child = fork(new URL('./child.ts', import.meta.url), [], {
    // Not what this process was started with: a debugger's port can be had once only.
    execArgv: [...flags],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', on.line);
  }
  child.on('message', (message) => on.message(message as FromWorker));
  child.once('error', (error) => on.line(error.message));
  child.once('exit', (code, signal) => on.exit(signal ?? `exit code ${code}`));
  const send = (message: ToWorker) => {
    if (child.connected) child.send(message, () => undefined);
  };
  send(first);
  return { process: child, send };
}
