import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { natsServerPath } from '../nats-server-path.ts';

/** A nats-server of one configuration file that may be ended and started again. */
export interface NatsProcess {
  /** Of the newest start. */
  readonly pid: number;
  readonly isRunning: boolean;
  /** Resolves when it takes connections; a cluster's JetStream may need longer. */
  start(): Promise<void>;
  /** Resolves when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

const START_TIMEOUT_MS = 15_000;

/** The nats-server for tests: the given one, the one that `CROSSDOCK_NATS_SERVER` names, or as `natsServerPath` finds it. Throws when there is none. */
export function testServerPath(path?: string): string {
  const given = path ?? process.env.CROSSDOCK_NATS_SERVER;
  const found = natsServerPath({ ...(given === undefined ? {} : { given }), searchPath: process.env.PATH ?? '' });
  if (found === undefined) throw new Error('no nats-server: install the npm packages or put nats-server on PATH');
  return found;
}

/** The `jetstream` block of a server's configuration. `always`: fsync on every message; `interval`: the server's own two minutes. */
export function jetStreamBlock(storeDir: string, sync: 'always' | 'interval'): string {
  const syncLine = sync === 'always' ? '  sync_interval: always\n' : '';
  return `jetstream {\n  store_dir: ${JSON.stringify(storeDir)}\n${syncLine}}\n`;
}

/** Starts `binary` on the configuration file. It ends with this process at the latest. */
export async function startNatsProcess(binary: string, config: string): Promise<NatsProcess> {
  let child = await launch(binary, config);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    get pid() {
      return child.pid as number;
    },
    get isRunning() {
      return isRunning();
    },
    async start() {
      child = await launch(binary, config);
    },
    async end(signal) {
      if (!isRunning()) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill(signal);
      await gone;
    },
    signal: (signal) => void child.kill(signal),
  };
}

function launch(binary: string, config: string): Promise<ChildProcess> {
  const child = spawn(binary, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const endWithTest = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithTest);
  child.once('exit', () => process.off('exit', endWithTest));
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`nats-server was not ready within ${START_TIMEOUT_MS} ms: ${output}`));
    }, START_TIMEOUT_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      if (!output.includes('Server is ready')) return;
      clearTimeout(timer);
      resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`nats-server ended with ${code}: ${output}`));
    });
  });
}

/** Below the ports that systems hand out to outgoing connections, so that a killed server finds its own again. */
const PORTS = { from: 15_000, count: 16_000 };

/** Ports of 127.0.0.1 that nothing listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
