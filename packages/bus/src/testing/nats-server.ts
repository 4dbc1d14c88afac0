import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, jetStreamBlock, startNatsProcess, testServerPath } from './nats-process.ts';

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

/** Starts a nats-server for a test and resolves when it takes connections and JetStream is up. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<TestNatsServer> {
  const binary = testServerPath(options.path);
  const port = options.port ?? ((await freePorts(1))[0] as number);
  const storeDir = options.storeDir ?? mkdtempSync(join(tmpdir(), 'crossdock-nats-'));
  const config = join(storeDir, 'nats.conf');
  const jetStream = jetStreamBlock(join(storeDir, 'js'), options.sync ?? 'interval');
  writeFileSync(config, `listen: 127.0.0.1:${port}\n${jetStream}`);
  const server = await startNatsProcess(binary, config);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    storeDir,
    get pid() {
      return server.pid;
    },
    kill: () => server.end('SIGKILL'),
    async restart() {
      await server.end('SIGKILL');
      await server.start();
    },
    async stop() {
      await server.end('SIGKILL');
      if (options.storeDir === undefined) rmSync(storeDir, { recursive: true, force: true });
    },
  };
}
