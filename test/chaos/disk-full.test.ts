import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook, shopOrder } from '../fixtures/shop.ts';

const disk = mkdtempSync(join(tmpdir(), 'crossdock-small-disk-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk]).status === 0;

// A disk of its own can only be mounted by root.
describe.runIf(isMounted)('the disk is full', () => {
  const filler = join(disk, 'filler');
  let runtime: RunningRuntime;
  let number = 0;
  const post = () => postHook(runtime, 'shop/orders', JSON.stringify(shopOrder(++number)));
  beforeAll(async () => {
    runtime = await startRuntime({ dataDir: join(disk, 'data') });
  });
  afterAll(async () => {
    await runtime.stop();
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test('the hook answers 503 while it is, the process lives, and orders are taken again when there is space', async () => {
    const { pid } = runtime;
    expect((await post()).status).toBe(202);
    expect(() => writeFileSync(filler, Buffer.alloc(500 * 1024 * 1024))).toThrow(/ENOSPC/);
    await eventually('a refusal', 20_000, async () => (await post()).status === 503);
    expect((await fetch(`${runtime.url}/healthz`)).status).toBe(200);
    rmSync(filler);
    const taken = await eventually('an order is taken', 20_000, async () => {
      const answer = await post();
      return answer.status === 202 && ((await answer.json()) as { executionId: string });
    });
    await eventually('it succeeds', 30_000, async () => {
      const answer = await runtime.api('GET', `/api/v1/executions/${taken.executionId}`);
      return answer.ok && ((await answer.json()) as { status: string }).status === 'succeeded';
    });
    expect(runtime.pid).toBe(pid);
  });
});
