import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, connectBus } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import { startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';
import type { Flow } from '@crossdock/flow-model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoneWorker, startLoneWorker } from '../process/lone-worker.testing.ts';
import { type FakeCollector, type GotSpan, startFakeCollector } from './collector.testing.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const PAYLOAD = 'payload-that-no-trace-may-show';
const KINDS = { internal: 1, server: 2, client: 3 };
const WITHIN = { timeout: 30_000 };

let nats: TestNatsServer;
let target: TestServer;
let bus: Bus;
let collector: FakeCollector;
let dataDir: string;
let worker: LoneWorker;
const secretKey = randomBytes(32).toString('base64');

const start = (env: Record<string, string>) =>
  startLoneWorker({ natsUrl: nats.url, dataDir, secretKey, egressAllow: new URL(target.url).host, env });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'crossdock-traces-'));
  nats = await startNatsServer();
  bus = await connectBus({ servers: nats.url, replicas: 1, name: 'test' });
  target = await startTestServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.writeHead(request.url.startsWith('/broken') ? 500 : 200).end(JSON.stringify({ echo: PAYLOAD }));
  });
  collector = await startFakeCollector();
  await deploy();
  worker = await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=acme%20gmbh',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=overruled',
    OTEL_SERVICE_NAME: 'orders',
    OTEL_EXPORTER_OTLP_TIMEOUT: '1500',
  });
}, 180_000);
afterAll(async () => {
  worker?.child.kill('SIGKILL');
  await worker?.exit;
  await bus?.close();
  await nats?.stop();
  await target?.close();
  await collector?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a trace goes on from the caller over the execution and its calls to their targets', async () => {
  const executionId = await accept({ traceparent: `00-${TRACE_ID}-${CALLER}-01` });
  const spans = await spansOf(executionId, 5);
  const [whole] = spans.filter(({ name }) => name === 'webhook traced');
  expect(whole).toMatchObject({
    ...{ traceId: TRACE_ID, parentSpanId: CALLER, kind: KINDS.server, status: { code: 2 } },
    attributes: { 'http.route': '/hooks/dev/traced', 'error.type': 'RUN_ATTEMPTS_SPENT', 'crossdock.status': 'failed' },
    resource: { 'service.name': 'orders', 'deployment.environment.name': 'test' },
  });
  const below = spans.filter((span) => span !== whole);
  expect(below.map(({ name, kind, status }) => [name, kind, status.code])).toEqual(
    expect.arrayContaining([
      ['webhook hook', KINDS.internal, 0],
      ['http.request fine', KINDS.client, 0],
      ['http.request broken', KINDS.client, 2],
      ['http.request broken', KINDS.client, 2],
    ]),
  );
  for (const { traceId, parentSpanId } of below)
    expect({ traceId, parentSpanId }).toEqual({ traceId: TRACE_ID, parentSpanId: whole?.spanId });
  const calls = target.requests.filter(({ headers }) => String(headers.traceparent).includes(TRACE_ID));
  const clients = below.filter(({ kind }) => kind === KINDS.client);
  expect(calls.map(({ headers }) => headers.traceparent).sort()).toEqual(
    clients.map(({ spanId }) => `00-${TRACE_ID}-${spanId}-01`).sort(),
  );
  expect(clients.map(({ attributes }) => attributes['crossdock.attempt']).sort()).toEqual([1, 1, 2]);
  for (const span of spans) expect(span.endMs).toBeGreaterThanOrEqual(span.startMs);
});

test('an execution without a caller is a trace of its own, named by its id', async () => {
  const executionId = await accept({});
  const spans = await spansOf(executionId, 5);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([executionId.replaceAll('-', '')]));
  expect(spans.filter(({ parentSpanId }) => parentSpanId === '')).toMatchObject([{ name: 'webhook traced' }]);
});

test('the collector gets what its operator says, and nothing of a payload', () => {
  expect(collector.requests.length).toBeGreaterThan(0);
  for (const { path, headers, body } of collector.requests) {
    expect(path).toBe('/v1/traces');
    expect(headers).toMatchObject({ 'x-tenant': 'acme gmbh', 'content-type': 'application/x-protobuf' });
    expect(body.toString('latin1')).not.toContain(PAYLOAD);
  }
});

test('a collector that is away harms no execution, is told of once, and is counted; what waits at the end is sent', async () => {
  const { port } = new URL(collector.url);
  await collector.close();
  const during: string[] = [];
  const outages = () => worker.output().split('the collector of traces does not take them').length - 1;
  const isCounted = async () => /spans_total\{outcome="not-taken"\} [1-9]/.test(await metricsText());
  for (let nth = 0; nth < 3; nth++) {
    during.push(await accept({}));
    await expect.poll(() => statusOf(during[nth] ?? ''), WITHIN).toBe('failed');
    await new Promise((resolve) => setTimeout(resolve, 2500));
  }
  await expect.poll(isCounted, WITHIN).toBe(true);
  expect(outages()).toBe(1);
  collector = await startFakeCollector(Number(port));
  const last = await accept({});
  await expect.poll(() => statusOf(last), WITHIN).toBe('failed');
  worker.child.kill('SIGTERM');
  expect(await worker.exit).toBe(0);
  expect((await spansOf(last, 5)).map(({ name }) => name)).toContain('webhook traced');
});

test('nothing is sent where no collector is named', async () => {
  worker = await start({ OTEL_SERVICE_NAME: 'orders' });
  const before = collector.requests.length;
  const executionId = await accept({});
  await expect.poll(() => statusOf(executionId), WITHIN).toBe('failed');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(collector.requests.length).toBe(before);
});

async function deploy(): Promise<void> {
  const call = (id: string, path: string) => ({
    ...{ id, type: 'http.request', retry: { maxAttempts: 2, initialDelayMs: 10, maxDelayMs: 10 } },
    config: { method: 'POST', url: `${target.url}/${path}`, body: '= $trigger' },
  });
  const flow: Flow = {
    ...{ formatVersion: 1, id: 'traced', name: 'Traced' },
    nodes: [
      { id: 'hook', type: 'webhook', config: { path: 'traced', method: 'POST' } },
      call('fine', 'fine'),
      call('broken', 'broken'),
    ],
    edges: [
      { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'fine', targetHandle: 'in' },
      { id: 'e2', source: 'fine', sourceHandle: 'out', target: 'broken', targetHandle: 'in' },
    ],
  };
  await bus.registry.putRevision('traced', 1, flow);
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: 'traced', env: 'dev', flowId: 'traced', revision: 1, deployedAt });
}

async function accept(headers: Record<string, string>): Promise<string> {
  const trigger = { flowId: 'traced', revision: 1, env: 'dev', nodeId: 'hook', headers, keys: {} };
  const receivedAt = new Date().toISOString();
  return (await bus.triggers.accept({ ...trigger, receivedAt, payload: { note: PAYLOAD } })).executionId;
}

async function spansOf(executionId: string, count: number): Promise<GotSpan[]> {
  const found = () => collector.spans.filter(({ attributes }) => attributes['crossdock.execution.id'] === executionId);
  await expect.poll(() => found().length, WITHIN).toBe(count);
  return found();
}

async function statusOf(executionId: string): Promise<string | undefined> {
  return (await bus.executions.read(executionId))?.status;
}

async function metricsText(): Promise<string> {
  return (await fetch(`${worker.url}/metrics`)).text();
}
