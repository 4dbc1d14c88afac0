import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;

interface Start {
  readonly child: ChildProcess;
  output(): string;
  readonly exit: Promise<number | string>;
}

const start = (args: string[]): Start => startProgram(process.execPath, [main, ...args]);

/** In a process group of its own, so that what is left of it can be counted. */
function startProgram(program: string, args: string[], env: Record<string, string> = {}): Start {
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...inherited, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const exit = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  return { child, output: () => text, exit };
}

describe('a start of Crossdock', { timeout: 180_000 }, () => {
  let dataDir: string;
  let port: number;
  let running: Start | undefined;
  const url = () => `http://127.0.0.1:${port}`;
  const args = () => ['--data-dir', dataDir, '--port', String(port), '--workers', '1'];

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'crossdock-start-'));
    port = await freePort();
  });
  afterEach(async () => {
    if (!running) return;
    if (groupOf(running).length > 0) process.kill(-(running.child.pid ?? 0), 'SIGKILL');
    await running.exit;
    running = undefined;
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  async function startReady(): Promise<Start> {
    const started = start(args());
    running = started;
    await until(READY_WITHIN_MS, started, async () => (await statusOf(`${url()}/readyz`)) === 200);
    await until(5000, started, () => started.output().includes('Crossdock is ready at'));
    return started;
  }

  test('prints where it is, the sign-in once and a curl line; Ctrl-C drains it and leaves nothing behind', async () => {
    const first = await startReady();
    expect(first.output()).toContain(`Crossdock is ready at ${url()}\n`);
    expect(first.output()).toMatch(/^ {2}E-mail: {3}\S+@\S+\n {2}Password: \S{16}$/m);
    expect(first.output()).toMatch(/^curl .*\/hooks\/dev\//m);

    const second = start(args());
    expect(await second.exit).toBe(1);
    expect(second.output()).toMatch(new RegExp(`in use by process ${first.child.pid} since .* on port ${port}`));

    process.kill(-(first.child.pid ?? 0), 'SIGINT');
    expect(await first.exit).toBe(0);
    expect(groupOf(first)).toEqual([]);
  });

  test('starts a killed worker and a killed nats-server again', async () => {
    const started = await startReady();
    expect(started.output()).not.toContain('Password:');
    for (const name of ['crossdock worker 1', 'nats-server -c']) {
      const [victim] = groupOf(started).filter(
        ({ command }) => command.includes(name) && !command.startsWith('/bin/sh'),
      );
      process.kill(victim?.pid ?? 0, 'SIGKILL');
      await until(30_000, started, () =>
        groupOf(started).some(({ command, pid }) => command.includes(name) && pid !== victim?.pid),
      );
      await until(30_000, started, async () => (await statusOf(`${url()}/readyz`)) === 200);
    }
  });

  test('leaves nothing behind when the main process alone is killed, and the next start is clean', async () => {
    const killed = await startReady();
    killed.child.kill('SIGKILL');
    const again = await startReady();
    expect(groupOf(killed)).toEqual([]);
    again.child.kill('SIGTERM');
    expect(await again.exit).toBe(0);
    expect(groupOf(again)).toEqual([]);
  });

  test('under npm it ends with its launcher, in order', async () => {
    const words = [process.execPath, main, ...args(), '--roles', 'ingress,worker'].map((word) => `'${word}'`).join(' ');
    const launcher = startProgram('/bin/sh', ['-c', `${words}; true`], { npm_lifecycle_event: 'start' });
    running = launcher;
    await until(READY_WITHIN_MS, launcher, async () => (await statusOf(`${url()}/readyz`)) === 200);
    launcher.child.kill('SIGKILL');
    await until(10_000, launcher, () => groupOf(launcher).length === 0);
    expect(launcher.output()).toContain('the launcher ended');
  });

  test('refuses a wrong value with one line and exit code 1', async () => {
    const wrong = start(['--port', 'http']);
    expect(await wrong.exit).toBe(1);
    expect(wrong.output()).toBe('--port is "http"; allowed: a whole number from 0 to 65535\n');
  });

  test('refuses a taken port with one line and exit code 1', async () => {
    const taken = createServer().listen(port, '127.0.0.1');
    const refused = start(args());
    expect(await refused.exit).toBe(1);
    taken.close();
    expect(refused.output()).toBe(
      `CROSSDOCK_PORT is "${port}", which another program on 127.0.0.1 uses; allowed: a free port\n`,
    );
  });
});

/** Processes of a start that still live. */
function groupOf({ child }: Start): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (Number(group) !== child.pid || state === 'Z') return [];
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
      } catch {
        return [];
      }
    });
}

async function statusOf(url: string): Promise<number> {
  return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (answer) => answer.status,
    () => 0,
  );
}

async function until(withinMs: number, { output }: Start, probe: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await probe())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms:\n${output().slice(-4000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
