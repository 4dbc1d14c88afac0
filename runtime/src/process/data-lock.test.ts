import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awaitDataLock } from './await-data-lock.ts';
import { lockDataFolder } from './data-lock.ts';
import { endProcess, identify } from './process-identity.ts';
import { StartProblem } from './start-problem.ts';
import { markRestore } from './unfinished-restore.ts';

describe('the lock of a data folder', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'crossdock-lock-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const lockFile = () => join(dir, 'crossdock.lock');
  const holdBy = (pid: number, startedAt: string) =>
    writeFileSync(lockFile(), JSON.stringify({ pid, startedAt, since: '2026-11-23T10:00:00.000Z', port: 4400 }));

  test('refuses a second start and says who holds it, since when and on which port', () => {
    const lock = lockDataFolder(dir, 0);
    lock.answersOn(4400);
    expect(() => lockDataFolder(dir, 4500)).toThrow(StartProblem);
    expect(() => lockDataFolder(dir, 4500)).toThrow(new RegExp(`process ${process.pid} since .*Z, on port 4400`));
    lock.release();
    expect(readdirSync(dir)).toEqual([]);
    lockDataFolder(dir, 4500).release();
  });

  test('refuses a folder that a restore filled in part, until that is done', () => {
    const done = markRestore(dir);
    expect(() => lockDataFolder(dir, 4400)).toThrow(/a restore that was broken off.*restore again/);
    expect(readdirSync(dir)).not.toContain('crossdock.lock');
    done();
    lockDataFolder(dir, 4400).release();
  });

  test('is taken over from a process that is gone', async () => {
    const child = spawn('sleep', ['60']);
    const holder = identify(child.pid ?? 0);
    if (!holder) throw new Error('the child did not start');
    holdBy(holder.pid, holder.startedAt);
    expect(() => lockDataFolder(dir, 4400)).toThrow(`process ${holder.pid}`);
    await endProcess(holder, 1000);
    lockDataFolder(dir, 4400).release();
  });

  test('is taken over when another process has the pid by now', () => {
    holdBy(process.pid, 'long ago');
    lockDataFolder(dir, 4400).release();
  });

  test('is taken over when it cannot be read', () => {
    writeFileSync(lockFile(), '{"pid": 1');
    lockDataFolder(dir, 4400).release();
  });

  test('is waited for when its holder says that it is leaving, and refused when it stays', async () => {
    const lock = lockDataFolder(dir, 4400);
    await expect(awaitDataLock(dir, 4500, () => false)).rejects.toThrow(StartProblem);
    lock.leaving();
    const next = awaitDataLock(dir, 4500, () => false);
    setTimeout(() => lock.release(), 2500);
    (await next).release();
  });

  test('makes a missing folder', () => {
    const inner = join(dir, 'a', 'b');
    lockDataFolder(inner, 4400).release();
    expect(readdirSync(inner)).toEqual([]);
  });
});
