import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, connectBus } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import { startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';
import type { Flow } from '@crossdock/flow-model';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LoneWorker, startLoneWorker } from './lone-worker.testing.ts';

const secretKey = randomBytes(32).toString('base64');
/** What a worker may take of its own to finish what runs, and the processes to end. */
const DRAIN_WITHIN_MS = 25_000;

let nats: TestNatsServer;
let sink: TestServer;
let bus: Bus;
let dataDir: string;
const started: LoneWorker[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'crossdock-workers-'));
  nats = await startNatsServer();
  bus = await connectBus({ servers: nats.url, replicas: 1, name: 'test' });
  sink = await startTestServer(async (request, response) => {
    await sleep(Number(new URL(request.url, 'http://sink').searchParams.get('ms')));
    response.setHeader('content-type', 'application/json').end('{}');
  });
});
afterEach(async () => {
  for (const { child, exit } of started.splice(0)) {
    child.kill('SIGKILL');
    await exit;
  }
});
afterAll(async () => {
  await bus.close();
  await nats.stop();
  await sink.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('workers that start apart, on one NATS by its URL', { timeout: 180_000 }, () => {
  test('join, drain and die under load, and nothing is lost or done under another key', async () => {
    await deploy('load', '20');
    await startWorker();
    const leaving = await startWorker();
    const accepted: string[] = [];
    let isOver = false;
    const load = (async () => {
      for (; !isOver; await sleep(10)) accepted.push(await accept('load'));
    })();

    await sleep(2000);
    const dying = await startWorker();
    await sleep(2000);
    const drainStart = Date.now();
    leaving.child.kill('SIGTERM');
    expect(await leaving.exit).toBe(0);
    expect(Date.now() - drainStart).toBeLessThan(DRAIN_WITHIN_MS);
    await startWorker();
    await sleep(2000);
    dying.child.kill('SIGKILL');
    await sleep(3000);
    isOver = true;
    await load;

    expect(accepted.length).toBeGreaterThan(500);
    const keysOf = () =>
      Map.groupBy(sink.requests, ({ body }) => (JSON.parse(body) as { executionId: string }).executionId);
    await expect.poll(() => keysOf().size, { timeout: 30_000 }).toBe(accepted.length);
    const keys = [...keysOf().values()].map((calls) => new Set(calls.map(({ headers }) => headers['idempotency-key'])));
    expect(keys.filter(({ size }) => size !== 1)).toEqual([]);
    await expect
      .poll(async () => (await Promise.all(accepted.map(statusOf))).filter((status) => status !== 'succeeded'), {
        timeout: 30_000,
        interval: 1000,
      })
      .toEqual([]);
  });

  test('finish what runs when they are asked to end, and give back what would take longer', async () => {
    await deploy('quick', '1500');
    await deploy('slow', '60000');
    const worker = await startWorker();
    const quick = await accept('quick');
    const slow = await accept('slow');
    await expect.poll(() => callsOf(quick) + callsOf(slow), { timeout: 10_000 }).toBe(2);
    const startedAt = Date.now();
    worker.child.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
    const tookMs = Date.now() - startedAt;
    expect(tookMs).toBeGreaterThan(1000);
    // The grace, and what it takes to give back and end.
    expect(tookMs).toBeLessThan(DRAIN_WITHIN_MS + 5000);
    expect(await statusOf(quick)).toBe('succeeded');
    await startWorker();
    // Given back, not lost: it does not wait for the lease to run out.
    await expect.poll(() => callsOf(slow), { timeout: 8000 }).toBe(2);
  });

  // Again where a machine that others share was late.
  test('all hear of a deployment within a second', { retry: 2 }, async () => {
    const workers = [await startWorker(), await startWorker(), await startWorker()];
    const from = workers.map(({ output }) => output().length);
    const flowId = `heard-${Date.now()}`;
    await deploy(flowId, '150');
    const deployedAt = Date.now();
    const attempted = new RegExp(`"flowId":"${flowId}".*node attempted`);
    const isHeard = () => workers.every(({ output }, at) => attempted.test(output().slice(from[at])));
    while (Date.now() - deployedAt < 1000 && !isHeard()) await accept(flowId);
    expect(isHeard()).toBe(true);
  });
});

async function startWorker(): Promise<LoneWorker> {
  const worker = await startLoneWorker({ natsUrl: nats.url, dataDir, secretKey, egressAllow: new URL(sink.url).host });
  started.push(worker);
  return worker;
}

async function deploy(flowId: string, sinkDelayMs: string): Promise<void> {
  const flow: Flow = {
    formatVersion: 1,
    id: flowId,
    name: flowId,
    nodes: [
      { id: 'hook', type: 'webhook', config: { path: flowId } },
      {
        id: 'call',
        type: 'http.request',
        timeoutMs: 120_000,
        config: { method: 'POST', url: `${sink.url}/?ms=${sinkDelayMs}`, body: "={'executionId': $meta.executionId}" },
      },
    ],
    edges: [{ id: 'e', source: 'hook', sourceHandle: 'out', target: 'call', targetHandle: 'in' }],
  };
  await bus.registry.putRevision(flowId, 1, flow);
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: flowId, env: 'dev', flowId, revision: 1, deployedAt });
}

async function accept(flowId: string): Promise<string> {
  const receivedAt = new Date().toISOString();
  const trigger = { flowId, revision: 1, env: 'dev', nodeId: 'hook', receivedAt, headers: {}, keys: {}, payload: {} };
  return (await bus.triggers.accept(trigger)).executionId;
}

function callsOf(executionId: string): number {
  return sink.requests.filter(({ body }) => body.includes(executionId)).length;
}

async function statusOf(executionId: string): Promise<string | undefined> {
  return (await bus.executions.read(executionId))?.status;
}
