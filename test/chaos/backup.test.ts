import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runBackupCommand } from '../fixtures/backup-commands.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { type Oracle, startOracle } from './harness/oracle.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { judge } from './harness/verdict.ts';

const PER_SECOND = isFull ? 100 : 20;
const BEFORE_MS = loadSeconds({ short: 10, full: 60 }) * 1000;
const AFTER_MS = 3000;
const WAIT_MS = 6000;

/** An effect, a durable wait, an effect: at any moment some executions run and some sleep. */
const flowFor = (oracle: Oracle, path: string, settings = {}) =>
  chainFlow(
    path,
    [
      effectNode('first', oracle.url('first')),
      { id: 'rest', type: 'wait', config: { for: 'duration', durationMs: WAIT_MS } },
      effectNode('last', oracle.url('last')),
    ],
    settings,
  );

describe('a backup taken while orders come in', () => {
  let folder: string;
  let backup: string;
  let oracle: Oracle;
  let original: RunningRuntime;
  let restored: RunningRuntime | undefined;
  const env = () => ({ CROSSDOCK_EGRESS_ALLOW: `127.0.0.1:${oracle.port}`, CROSSDOCK_WORKERS: '2' });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossdock-backup-'));
    backup = join(folder, 'installation.backup');
    oracle = await startOracle(seed);
    original = await startRuntime({ env: env(), dataDir: join(folder, 'original') });
    await deployFlow(original, flowFor(oracle, 'plain'));
    await deployFlow(original, flowFor(oracle, 'lanes', { orderingKey: 'order' }));
  }, 400_000);
  afterAll(async () => {
    await restored?.stop();
    await original?.stop();
    await oracle?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const restore = (from: string, to: string, key?: string) =>
    runBackupCommand('restore', ['--from', from, '--data-dir', to, ...(key ? ['--key-file', key] : [])]);
  const keyFile = () => join(folder, 'original', 'secret.key');

  test('restored into an empty folder it has every order accepted before, and does none twice', {
    timeout: 900_000,
  }, async () => {
    const loads = [
      startLoad({ url: original.url, path: 'plain', perSecond: PER_SECOND }),
      startLoad({ url: original.url, path: 'lanes', perSecond: PER_SECOND / 2, orders: PER_SECOND * 2, prefix: 'l' }),
    ];
    await sleep(BEFORE_MS);
    const begunAt = Date.now();
    const taken = await runBackupCommand('backup', ['--to', backup, '--data-dir', original.dataDir]);
    expect(taken).toMatchObject({ code: 0, output: expect.stringContaining('Written') });
    const backupMs = Date.now() - begunAt;
    await sleep(AFTER_MS);
    // The disaster: everything is gone at once, and so are the orders that came after.
    await original.kill();
    await Promise.all(loads.map((load) => load.stop(0)));
    const accepted = loads.flatMap((load) => [...load.accepted]).filter(({ acceptedAt }) => acceptedAt < begunAt);
    const doneBefore = new Set(
      (await oracle.calls())
        .filter(({ node, at, outcome }) => node === 'last' && outcome === 'applied' && at < begunAt - 1000)
        .map(({ execution }) => execution),
    );

    const dir = join(folder, 'restored');
    const put = await restore(backup, dir, keyFile());
    expect(put.output).toContain('is stopped and stays stopped');
    expect(put).toMatchObject({ code: 0, output: expect.stringContaining('Restored') });
    const restartedAt = Date.now();
    restored = await startRuntime({ env: env(), dataDir: dir });
    const { json } = restored;

    await eventually('everything accepted before has ended', 240_000, async () => {
      const { lost } = judge(accepted, await oracle.calls(), { nodes: ['first', 'last'] });
      const { items } = await json<{ items: unknown[] }>('GET', '/api/v1/executions?status=running,waiting&limit=1');
      return lost.length === 0 && items.length === 0;
    }).catch(async (error) => {
      const { items } = await json<{ items: unknown[] }>('GET', '/api/v1/executions?status=running,waiting&limit=5');
      expect({ lost: judge(accepted, await oracle.calls(), { nodes: ['first', 'last'] }).lost, items }).toEqual(error);
    });
    const calls = await oracle.calls();
    const verdict = judge(accepted, calls, { nodes: ['first', 'last'] });
    const again = calls.filter(({ execution, at }) => at > restartedAt && doneBefore.has(execution));
    const metrics = await (await fetch(`${restored.url}/metrics`)).text();
    report('backup', {
      seed,
      accepted: accepted.length,
      backupMs,
      repeatedCalls: verdict.repeatedCalls,
      doneBefore: doneBefore.size,
    });
    expect(accepted.length).toBeGreaterThan(PER_SECOND * 3);
    expect(doneBefore.size).toBeGreaterThan(0);
    expect({ lost: verdict.lost, twice: verdict.twice, again }).toEqual({ lost: [], twice: [], again: [] });
    expect(metrics).not.toMatch(/crossdock_reconciler_repairs_total(\{[^}]*\})? [1-9]/);
    const { items: audited } = await json<{ items: { by: { kind: string } }[] }>(
      'GET',
      '/api/v1/audit?action=installation.backed-up',
    );
    expect(audited.map(({ by }) => by.kind)).toEqual(['system']);
    const sending = await json<{ pausedSince: string | null }>('GET', '/api/v1/alarm-sending');
    expect(Date.parse(sending.pausedSince ?? '')).toBeGreaterThan(begunAt);
    const restores = await json<{ items: unknown[] }>('GET', '/api/v1/audit?action=installation.restored');
    expect(restores.items).toHaveLength(1);
    for (const { executionId } of accepted.filter((_, at) => at % 25 === 0)) {
      const execution = await json<{ status: string; spans: unknown[] }>('GET', `/api/v1/executions/${executionId}`);
      expect(execution).toMatchObject({ status: 'succeeded', spans: expect.arrayContaining([expect.anything()]) });
      expect((await restored.api('GET', `/api/v1/executions/${executionId}/payloads/trigger`)).status).toBe(200);
    }
  });

  test('what cannot be restored is refused by name, and leaves nothing behind', async () => {
    const target = join(folder, 'refused');
    const refusal = async (from: string, to: string, key?: string) => {
      const { code, output } = await restore(from, to, key);
      expect(code).toBe(1);
      return output;
    };
    expect(await refusal(backup, target)).toContain('holds no key');
    const wrongKey = join(folder, 'wrong.key');
    await writeFile(wrongKey, Buffer.alloc(32, 7).toString('base64'));
    expect(await refusal(backup, target, wrongKey)).toContain('the key is not the one');
    expect(await refusal(join(folder, 'none'), target, keyFile())).toContain('cannot be opened');

    const bytes = await readFile(backup);
    const damaged = join(folder, 'damaged.backup');
    await writeFile(damaged, Buffer.from(bytes).fill(0xff, bytes.length / 2, bytes.length / 2 + 4));
    expect(await refusal(damaged, target, keyFile())).toMatch(/damaged/);
    await writeFile(damaged, bytes.subarray(0, bytes.length / 2));
    expect(await refusal(damaged, target, keyFile())).toMatch(/cannot be used/);
    await mkdir(target, { recursive: true });
    expect(await readdir(target)).toEqual([]);

    await writeFile(join(target, 'restore.unfinished'), '');
    expect(await refusal(backup, target, keyFile())).toContain('broken off');
    await rm(join(target, 'restore.unfinished'));
    await writeFile(join(target, 'something'), '');
    expect(await refusal(backup, target, keyFile())).toContain('is not empty');
    expect(await runBackupCommand('backup', ['--to', backup])).toMatchObject({
      code: 1,
      output: expect.stringContaining('exists already'),
    });
  });
});
