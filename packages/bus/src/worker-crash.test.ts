import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { aTrigger, deployFlow } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let bus: Bus;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

it('what a killed worker held comes to another one, counted as a second delivery', async () => {
  await deployFlow(bus, 'orders');
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('testing/lease-child.ts', import.meta.url)), server.url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const held = linesOf(child);
  const { executionId } = await bus.triggers.accept(aTrigger({ payload: 'hold' }));
  await expect.poll(() => held, { timeout: 20_000 }).toEqual([executionId]);
  child.kill('SIGKILL');

  const seen: unknown[] = [];
  const { stop } = await openWorkerSide(bus).consumeLeases({ concurrency: 2 }, async (lease) => {
    seen.push([lease.address.executionId, lease.deliveryCount]);
    lease.ack();
  });
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual([[executionId, 2]]);
  await stop(100);
}, 60_000);

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  return lines;
}
