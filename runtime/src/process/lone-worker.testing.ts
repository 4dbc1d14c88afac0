import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;

export interface LoneWorker {
  readonly child: ChildProcess;
  readonly url: string;
  output(): string;
  readonly exit: Promise<number | string>;
}

/** One start with the role of a worker alone, ready: a process that supervises one worker process. `secretKey` is base64. */
export async function startLoneWorker(on: {
  natsUrl: string;
  dataDir: string;
  secretKey: string;
  egressAllow: string;
  env?: Record<string, string>;
}): Promise<LoneWorker> {
  const args = ['--roles', 'worker', '--workers', '1', '--worker-concurrency', '16', '--nats-url', on.natsUrl];
  args.push('--port', '0', '--data-dir', on.dataDir, '--log-level', 'debug', '--egress-allow', on.egressAllow);
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, CROSSDOCK_SECRET_KEY: on.secretKey, ...on.env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const exit = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  const address = () => /(?<=Crossdock is ready at )\S+/.exec(text)?.[0];
  const isReady = async () => {
    const url = address();
    return url !== undefined && (await fetch(`${url}/readyz`)).status === 200;
  };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady())) {
    if (Date.now() > deadline) throw new Error(`the worker was not ready within ${READY_WITHIN_MS / 1000} s:\n${text}`);
    await sleep(100);
  }
  return { child, url: address() ?? '', output: () => text, exit };
}
