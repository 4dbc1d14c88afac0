import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Logger } from '../log.ts';
import { endProcess, identify, type ProcessIdentity } from './process-identity.ts';

/**
 * Starts nats-server ("$@"), says its pid, then waits for its own parent. A line means that nats-server was stopped in order; the end of the
 * pipe means that the parent is gone, and nats-server with it. It ignores what Ctrl-C sends to the whole process group.
 */
const WATCHDOG = `
trap '' INT TERM HUP
"$@" </dev/null &
nats=$!
echo "$nats"
exec >/dev/null 2>&1
read -r word && exit 0
kill -TERM "$nats"
sleep 1
kill -KILL "$nats"
`;
const STOP_GRACE_MS = 4000;
/** Made up at each start and kept in a file that only its owner reads. */
const OUR_PASSWORD = 'Plaintext passwords detected';

/** One life of the embedded nats-server. */
export interface NatsProcess {
  readonly identity: ProcessIdentity;
  /** Resolves when it takes connections, rejects when it ended before, with what it complained about. */
  readonly ready: Promise<void>;
  /** Resolves when it and its watchdog are gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** A write has failed for lack of space: nats-server 2.14 refuses that stream's writes from then on, whatever space there is. */
  ranOutOfSpace(): boolean;
  stop(): Promise<void>;
}

/** Starts `binary` in this process's group; it ends with this process, however that one ends. */
export async function startNatsProcess(binary: string, configFile: string, log: Logger): Promise<NatsProcess> {
  const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'crossdock-nats', binary, '-c', configFile], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Writing to a watchdog that is gone already.
  watchdog.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => watchdog.once('close', () => resolve()));
  let outOfSpace = false;
  const ready = followLog(watchdog.stderr, log, (text) => {
    outOfSpace ||= /no space left on device/i.test(text);
  });
  // Who waits for it may come later.
  ready.catch(() => undefined);
  // The server alone still holds stderr: its end is the server's end.
  watchdog.stderr.once('end', () => watchdog.stdin.end('ended\n'));
  const identity = identify(await firstNumber(watchdog)) ?? { pid: 0, startedAt: '' };
  watchdog.once('exit', () => void endProcess(identity, STOP_GRACE_MS));
  return {
    identity,
    ready,
    ended,
    ranOutOfSpace: () => outOfSpace,
    async stop() {
      await endProcess(identity, STOP_GRACE_MS);
      await ended;
    },
  };
}

function firstNumber(watchdog: ChildProcessByStdio<Writable, Readable, Readable>): Promise<number> {
  return new Promise((resolve, reject) => {
    watchdog.stdout.once('data', (chunk: Buffer) => resolve(Number.parseInt(chunk.toString(), 10)));
    watchdog.once('error', reject);
    watchdog.once('exit', (code) => reject(new Error(`the watchdog of nats-server ended with ${code}`)));
  });
}

/** Lines look like `[pid] 2026/11/23 10:00:00.000000 [INF] text`. */
function followLog(stderr: Readable, log: Logger, onComplaint: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const complaints: string[] = [];
    const lines = createInterface({ input: stderr });
    lines.on('line', (line) => {
      const [, level = 'ERR', text = line] = /\[([A-Z]{3})\] (.*)$/.exec(line) ?? [];
      const isError = level === 'ERR' || level === 'FTL';
      if (isError) complaints.push(text);
      if (text === 'Server is ready') resolve();
      const isWarning = level === 'WRN' && !text.startsWith(OUR_PASSWORD);
      if (isError || isWarning) onComplaint(text);
      log[isError || isWarning ? 'warn' : 'debug']({ part: 'nats-server' }, text);
    });
    lines.once('close', () => reject(new Error(complaints.at(-1) ?? 'nats-server ended before it was ready')));
  });
}
