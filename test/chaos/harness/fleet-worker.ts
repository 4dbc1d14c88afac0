import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../fixtures/runtime.ts';
import { createMeter, type Meter } from './meter.ts';
import { childrenOf, signal } from './processes.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** One start of Crossdock with the role `worker`: a supervisor and the worker process under it. */
export interface FleetWorker {
  readonly name: string;
  /** Base address; it takes orders where the roles say so. */
  readonly url: string;
  /** The process that runs executions; undefined while there is none. */
  pid(): number | undefined;
  /** SIGKILL to the worker process alone; its supervisor starts it again. */
  killChild(): void;
  /** SIGKILL to supervisor and worker process, as when the machine dies; started again at once unless `stay` is given. */
  killAll(stay?: 'dead'): void;
  start(): void;
  /** SIGSTOP to both; undone by `thaw`. */
  freeze(): void;
  thaw(): void;
  isReady(): Promise<boolean>;
  /** SIGTERM; resolves with the exit code when it has drained. */
  drain(): Promise<number | null>;
  /** What it has counted over all its lives. */
  readonly meter: Meter;
  /** How often it logged each message (with its code), warnings and above. */
  readonly said: ReadonlyMap<string, number>;
  /** The end of what it printed. */
  output(): string;
}

/** Starts a worker on `port`; resolves before it is ready. */
export function startFleetWorker(name: string, port: number, env: Record<string, string>): FleetWorker {
  const said = new Map<string, number>();
  const meter = createMeter(`http://127.0.0.1:${port}`);
  let main: ChildProcess | undefined;
  let lines: string[] = [];
  const die = (): void => void killProcesses();
  process.once('exit', die);
  start();
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    pid: workerPid,
    killChild() {
      const pid = workerPid();
      if (pid !== undefined) signal(pid, 'SIGKILL');
    },
    killAll(stay) {
      killProcesses();
      meter.newLife();
      if (stay === undefined) start();
    },
    start,
    freeze: () => signalBoth('SIGSTOP'),
    thaw: () => signalBoth('SIGCONT'),
    async isReady() {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(
        () => undefined,
      );
      return answer?.ok ?? false;
    },
    async drain() {
      const leaving = main;
      if (!leaving || leaving.exitCode !== null) return leaving?.exitCode ?? null;
      await meter.read();
      const ended = new Promise<number | null>((resolve) => leaving.once('exit', (code) => resolve(code)));
      leaving.kill('SIGTERM');
      const code = await ended;
      meter.newLife();
      return code;
    },
    meter,
    said,
    output: () => lines.join('\n'),
  };

  function start(): void {
    const started = spawn(process.execPath, ['runtime/src/main.ts', '--port', String(port)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CROSSDOCK_ROLES: 'worker', CROSSDOCK_WORKERS: '1', CROSSDOCK_LOG_LEVEL: 'warn', ...env },
    });
    main = started;
    for (const stream of [started.stdout, started.stderr]) createInterface({ input: stream }).on('line', hear);
  }

  function hear(line: string): void {
    lines = [...lines, line].slice(-200);
    if (!line.startsWith('{')) return;
    const { msg = '', code } = JSON.parse(line) as { msg?: string; code?: string };
    const text = code === undefined ? msg : `${msg} (${code})`;
    said.set(text, (said.get(text) ?? 0) + 1);
  }

  function workerPid(): number | undefined {
    return main?.pid === undefined ? undefined : childrenOf(main.pid)[0];
  }

  function signalBoth(name: NodeJS.Signals): void {
    const child = workerPid();
    if (main?.pid !== undefined) signal(main.pid, name);
    if (child !== undefined) signal(child, name);
  }

  /** The supervisor first, so that it starts nobody anew. */
  function killProcesses(): void {
    signalBoth('SIGKILL');
  }
}

/** Waits until all are ready. */
export async function allReady(workers: readonly FleetWorker[], withinMs = 60_000): Promise<void> {
  for (const worker of workers)
    await eventually(`${worker.name} is ready`, withinMs, () => worker.isReady()).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : error}\n${worker.output().slice(-4000)}`);
    });
}
