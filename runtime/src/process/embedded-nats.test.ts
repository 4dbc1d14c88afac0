import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectBus } from '@crossdock/bus';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { type EmbeddedNats, startEmbeddedNats } from './embedded-nats.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { StartProblem } from './start-problem.ts';

const { log } = openLog('silent');

describe('the embedded nats-server', () => {
  let dataDir: string;
  const running: { stop(): Promise<unknown> }[] = [];
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'crossdock-nats-'));
  });
  afterEach(async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const options = (natsServer?: string) => ({
    config: { dataDir, natsServer, natsSync: 'always' as const, path: process.env.PATH ?? '' },
    log,
    metrics: createMetrics(),
  });
  const pidFile = () => join(dataDir, 'nats', 'nats.pid');
  const recorded = (): ProcessIdentity => JSON.parse(readFileSync(pidFile(), 'utf8'));
  async function start(): Promise<EmbeddedNats> {
    const nats = await startEmbeddedNats(options());
    running.push(nats);
    return nats;
  }

  test('takes connections with its password only, and ends when stopped', async () => {
    const nats = await start();
    const bus = await connectBus({ ...nats.address, replicas: 1, name: 'test' });
    expect((await bus.check()).version).toMatch(/^2\./);
    await bus.close();
    await expect(connectBus({ servers: nats.address.servers, replicas: 1, name: 'test' })).rejects.toThrow();
    const identity = recorded();
    await nats.stop();
    expect(isRunning(identity)).toBe(false);
  });

  test.each(['SIGKILL', 'SIGINT'] as const)('is back on the same port after %s', async (signal) => {
    const nats = await start();
    const old = recorded();
    process.kill(old.pid, signal);
    await until(() => !isRunning(old));
    await until(async () => nats.pid() !== old.pid && (await takesConnections(nats)));
  });

  test('ends when its parent is killed alone, and a next start is clean', async () => {
    const parent = await startParent(false);
    const identity = recorded();
    expect(isRunning(identity)).toBe(true);
    parent.kill('SIGKILL');
    await start();
    expect(isRunning(identity)).toBe(false);
  });

  // Again where a machine that others share was late.
  test('ends within two seconds of the death of its parent', { retry: 2 }, async () => {
    const parent = await startParent(false);
    const identity = recorded();
    const startedAt = Date.now();
    parent.kill('SIGKILL');
    await until(() => !isRunning(identity));
    expect(Date.now() - startedAt).toBeLessThan(2000);
  });

  test('serves on after Ctrl-C reached the whole process group, until its parent stops it', async () => {
    const parent = await startParent(true);
    const first = recorded();
    process.kill(-(parent.pid ?? 0), 'SIGINT');
    await until(() => recorded().pid !== first.pid && isRunning(recorded()));
    const second = recorded();
    parent.kill('SIGTERM');
    await until(() => parent.exitCode !== null);
    expect(parent.exitCode).toBe(0);
    expect(isRunning(second)).toBe(false);
  });

  test('dies with its process group', async () => {
    const parent = await startParent(true);
    const identity = recorded();
    process.kill(-(parent.pid ?? 0), 'SIGKILL');
    await until(() => !isRunning(identity));
  });

  test('says what is wrong with a binary that cannot be executed or ends at once', async () => {
    const file = join(dataDir, 'nats-server');
    writeFileSync(file, '#!/bin/sh\necho out of order >&2\n', { mode: 0o600 });
    await expect(startEmbeddedNats(options(file))).rejects.toThrow(StartProblem);
    await expect(startEmbeddedNats(options(file))).rejects.toThrow(`CROSSDOCK_NATS_SERVER is "${file}"`);
    chmodSync(file, 0o700);
    await expect(startEmbeddedNats(options(file))).rejects.toThrow('does not start: out of order');
  });

  /** Another process that starts nats-server, ignores Ctrl-C and stops in order on SIGTERM. */
  async function startParent(groupOfItsOwn: boolean): Promise<ChildProcess> {
    const code = `
      import { startEmbeddedNats } from ${JSON.stringify(new URL('embedded-nats.ts', import.meta.url).href)};
      import { openLog } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)};
      import { createMetrics } from ${JSON.stringify(new URL('../metrics.ts', import.meta.url).href)};
      process.on('SIGINT', () => {});
      process.once('SIGTERM', () => nats.stop().then(() => process.exit(0)));
      const nats = await startEmbeddedNats({ config: ${JSON.stringify(options().config)}, log: openLog('silent').log, metrics: createMetrics() });
      console.log('ready');
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: groupOfItsOwn,
    });
    running.push({
      async stop() {
        parent.kill('SIGKILL');
        await until(() => parent.exitCode !== null || parent.signalCode !== null);
        if (existsSync(pidFile())) await until(() => !isRunning(recorded()));
      },
    });
    await new Promise<void>((resolve) => createInterface({ input: parent.stdout }).once('line', () => resolve()));
    return parent;
  }
});

function takesConnections(nats: EmbeddedNats): Promise<boolean> {
  const port = Number(new URL(nats.address.servers[0] ?? '').port);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.unref();
    socket.once('connect', () => socket.destroy());
  });
}

async function until(probe: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await probe())) {
    if (Date.now() > deadline) throw new Error('not within 15 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
