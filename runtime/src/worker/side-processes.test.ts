import { randomBytes } from 'node:crypto';
import { type Bus, connectBus } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import type { AloneOutcome, Lease } from '@crossdock/engine';
import type { Flow } from '@crossdock/flow-model';
import { pino } from 'pino';
import { AggregatorRegistry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectMetrics } from './collected-metrics.ts';
import type { WorkerSettings } from './messages.ts';
import { runAloneIn } from './run-alone.ts';
import { runBesideIn } from './run-beside.ts';

/** More lists than a process with this heap can hold. */
const HEAP_MIB = 96;
const LISTS = 6_000_000;

type Run = (lease: Lease, signal: AbortSignal) => Promise<AloneOutcome>;

let nats: TestNatsServer;
let bus: Bus;
let ended: string[];
let runAlone: Run;
let runBeside: Run;
const collected = collectMetrics();

beforeAll(async () => {
  process.env.NODE_OPTIONS = `--max-old-space-size=${HEAP_MIB}`;
  nats = await startNatsServer();
  bus = await connectBus({ servers: nats.url, replicas: 1, name: 'test' });
  await deploy('calm', '$.no');
  await deploy('huge', '$.no');
  ended = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => void (/a process of its own ended/.test(line) && ended.push(line)) },
  );
  const settings: WorkerSettings = {
    name: 'test',
    nats: { servers: [nats.url] },
    natsReplicas: 1,
    concurrency: 4,
    egressAllow: [],
    secretKey: randomBytes(32).toString('base64'),
    logLevel: 'silent',
  };
  runAlone = runAloneIn(settings, { log, collected });
  runBeside = runBesideIn(settings, { log, collected });
});
afterAll(async () => {
  delete process.env.NODE_OPTIONS;
  await bus.close();
  await nats.stop();
});

async function deploy(id: string, mapping: string): Promise<void> {
  const flow: Flow = {
    formatVersion: 1,
    id,
    name: id,
    nodes: [
      { id: 'hook', type: 'webhook', config: { path: id } },
      { id: 'map', type: 'transform', config: { mapping } },
    ],
    edges: [{ id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' }],
  };
  await bus.registry.putRevision(id, 1, flow);
  await bus.registry.activate({
    deploymentId: `d-${id}`,
    env: 'dev',
    flowId: id,
    revision: 1,
    deployedAt: new Date().toISOString(),
  });
}

async function run(
  flowId: string,
  payload: unknown,
  where: Run = runAlone,
): Promise<{ outcome: AloneOutcome; status: string | undefined }> {
  const receivedAt = new Date().toISOString();
  const trigger = { flowId, revision: 1, env: 'dev', nodeId: 'hook', receivedAt, headers: {}, keys: {}, payload };
  const { executionId } = await bus.triggers.accept(trigger);
  const lease: Lease = {
    kind: 'trigger',
    address: { env: 'dev', flowId, executionId },
    token: executionId,
    deliveryCount: 3,
    heldSince: 0,
    triggerSeq: 1,
    trigger: async () => ({ ...trigger, executionId }),
    working: () => undefined,
    ack: () => undefined,
    release: () => undefined,
  };
  const outcome = await where(lease, new AbortController().signal);
  return { outcome, status: (await bus.executions.read(executionId))?.status };
}

describe('executions that killed workers before', () => {
  test('share two processes one after the other, which end when there are no more', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, (_, no) => run('calm', { no })));
    expect(runs).toEqual(runs.map(() => ({ outcome: 'settled', status: 'succeeded' })));
    await expect.poll(() => ended.length, { timeout: 10_000 }).toBe(2);
  });

  test('one that ends its process ends nobody else’s: what was to follow in it runs all the same', async () => {
    const [first, killer, ...rest] = await Promise.all([
      run('calm', { no: 1 }),
      run('huge', { list: Array.from({ length: LISTS }, () => []) }),
      ...Array.from({ length: 4 }, (_, no) => run('calm', { no })),
    ]);
    expect(killer).toEqual({ outcome: 'crashed', status: undefined });
    for (const one of [first, ...rest]) expect(one).toEqual({ outcome: 'settled', status: 'succeeded' });
  });
});

describe('executions with large payloads', () => {
  const succeeded = async (): Promise<number> => {
    const aggregated = await AggregatorRegistry.aggregate(collected.snapshots()).getMetricsAsJSON();
    const executions = aggregated.find(({ name }) => name === 'crossdock_executions_total')?.values ?? [];
    return executions.reduce((sum, { value, labels }) => sum + (labels.status === 'succeeded' ? value : 0), 0);
  };

  test('share one process that stays, and count in the metrics', async () => {
    const before = await succeeded();
    const endedBefore = ended.length;
    const runs = await Promise.all(Array.from({ length: 12 }, (_, no) => run('calm', { no }, runBeside)));
    expect(runs).toEqual(runs.map(() => ({ outcome: 'settled', status: 'succeeded' })));
    await expect.poll(succeeded, { timeout: 10_000 }).toBe(before + 12);
    expect(ended).toHaveLength(endedBefore);
  });

  test('one that ends the process leaves the others without a word, and the next ones find a new process', async () => {
    const huge = { list: Array.from({ length: LISTS }, () => []) };
    const killer = await run('huge', huge, runBeside);
    expect(killer).toEqual({ outcome: 'crashed', status: undefined });
    expect(await run('calm', { no: 1 }, runBeside)).toEqual({ outcome: 'settled', status: 'succeeded' });
  });
});
