import { randomBytes } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Bus, connectBus, openWorkerSide } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import type { JournalSnapshot, Lease, TriggerRecord } from '@crossdock/engine';
import type { Flow, FlowSettings } from '@crossdock/flow-model';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnections } from '../connections/index.ts';
import { createMetrics } from '../metrics.ts';
import { openKeyRing, openVault } from '../vault/index.ts';
import { createIngress } from './index.ts';

const MAX_BODY_BYTES = 50_000;
const vault = openVault({ secretKey: randomBytes(32) });
const metrics = createMetrics();
const accepted = new Map<string, TriggerRecord>();
let server: TestNatsServer;
let bus: Bus;
let http: Server;
let base: string;
let isStopping = false;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  await deploy(
    'orders',
    { path: 'shop/orders' },
    {
      businessKeys: { orderNo: 'name', email: 'customer.email', skus: 'lines.sku' },
      dedupeKey: 'id',
      orderingKey: 'name',
      mask: ['customer.email'],
    },
  );
  await deploy('answering', { path: 'ask', response: 'respond', respondTimeoutMs: 1_500 });
  await deploy('anything', { path: 'inbox', contentTypes: ['*/*'] });
  await deploy('reading', { path: 'read', method: 'GET' });
  stopWorker = await startWorker();
  const ingress = createIngress({
    bus,
    seal: vault,
    secrets: openConnections(bus.registry, openKeyRing(randomBytes(32))),
    log: pino({ level: 'silent' }),
    metrics,
    maxBodyBytes: MAX_BODY_BYTES,
    isStopping: () => isStopping,
  });
  http = createServer(ingress);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}/hooks`;
});

afterAll(async () => {
  await stopWorker();
  await new Promise((resolve) => http.close(resolve));
  await bus.close();
  await server.stop();
});

describe('a hook that accepts', () => {
  it('answers 202 with the execution id and says where to look', async () => {
    const response = await post('/dev/shop/orders', { id: 1, name: 'A-1' });
    expect(response.status).toBe(202);
    const { executionId } = (await response.json()) as { executionId: string };
    expect(executionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('location')).toBe(`/api/v1/executions/${executionId}`);
  });

  it('answers the same dedupe key with the same execution', async () => {
    const ids = await Promise.all([0, 1, 2].map(async () => idOf(await post('/dev/shop/orders', { id: 'same' }))));
    expect(new Set(ids).size).toBe(1);
  });

  it('keeps two ids apart that differ in the last of many digits', async () => {
    const send = (id: string) => raw('/dev/shop/orders', `{"id": ${id}}`);
    const [a, b] = [await idOf(await send('9007199254740993')), await idOf(await send('9007199254740992'))];
    expect(a).not.toBe(b);
  });

  it('stores keys, headers without credentials, the query, and seals what is masked', async () => {
    const body = { id: 'k', name: 'A-7', customer: { email: 'ann@example.com' }, lines: [{ sku: 'x' }, { sku: 'y' }] };
    const response = await fetch(`${base}/dev/shop/orders?shop=7`, {
      method: 'POST',
      headers: {
        'content-type': 'application/vnd.shop+json',
        authorization: 'Bearer x',
        cookie: 'a=b',
        'X-Shop-Topic': 'paid',
      },
      body: JSON.stringify(body),
    });
    const trigger = await triggerOf(await idOf(response));
    expect(trigger.keys).toEqual({
      orderNo: ['A-7'],
      email: [vault.keyToken('dev', 'ann@example.com')],
      skus: ['x', 'y'],
    });
    expect(trigger.headers).toMatchObject({ 'x-shop-topic': 'paid', 'x-crossdock-query': 'shop=7' });
    expect(Object.keys(trigger.headers)).not.toContain('authorization');
    expect(Object.keys(trigger.headers)).not.toContain('cookie');
    expect(JSON.stringify(trigger)).not.toContain('ann@example.com');
    expect(vault.open(trigger.payload, { env: 'dev' })).toEqual(body);
  });

  it('takes a gzip body', async () => {
    const body = gzipSync(JSON.stringify({ id: 'zipped', name: 'Z' }));
    const response = await raw('/dev/shop/orders', body, { 'content-encoding': 'gzip' });
    expect((await triggerOf(await idOf(response))).keys.orderNo).toEqual(['Z']);
  });

  it('takes a body that is not JSON as a blob, with its text', async () => {
    const response = await raw('/dev/inbox', "UNA:+.? 'UNB", { 'content-type': 'application/edifact' });
    const { payload } = await triggerOf(await idOf(response));
    const { $blob, text } = payload as { $blob: { ref: string; size: number }; text: string };
    expect(text).toBe("UNA:+.? 'UNB");
    expect(Buffer.from(await bus.blobs.get($blob.ref)).toString()).toBe(text);
  });

  it('takes the query as payload where there is no body', async () => {
    const asked = await triggerOf(await idOf(await fetch(`${base}/dev/read?sku=a&sku=b&all=1`)));
    expect(asked.payload).toEqual({ sku: ['a', 'b'], all: '1' });
    const empty = await triggerOf(await idOf(await fetch(`${base}/dev/read`)));
    expect(empty.payload).toBeNull();
  });
});

describe('a hook refuses', () => {
  it.each([
    ['malformed JSON', '{"id": ', {}, 400, 'DATA_MALFORMED'],
    ['an empty JSON body', '', {}, 400, 'DATA_MALFORMED'],
    ['a document that is nested too deep', `${'['.repeat(101)}${']'.repeat(101)}`, {}, 400, 'DATA_TOO_DEEP'],
    ['__proto__', '{"__proto__": {"admin": true}}', {}, 400, 'DATA_FORBIDDEN_KEY'],
    ['a hidden constructor', '{"\\u0063onstructor": 1}', {}, 400, 'DATA_FORBIDDEN_KEY'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400, 'DATA_MALFORMED'],
    ['broken gzip', 'no gzip', { 'content-encoding': 'gzip' }, 400, 'DATA_MALFORMED'],
    ['another encoding', 'x', { 'content-encoding': 'br' }, 415, 'DATA_CONTENT_TYPE'],
    ['another content type', '<a/>', { 'content-type': 'application/xml' }, 415, 'DATA_CONTENT_TYPE'],
    ['a large body', JSON.stringify('x'.repeat(MAX_BODY_BYTES)), {}, 413, 'DATA_TOO_LARGE'],
    [
      'a body that is large once unpacked',
      gzipSync(JSON.stringify('x'.repeat(3_000_000))),
      { 'content-encoding': 'gzip' },
      413,
      'DATA_TOO_LARGE',
    ],
    ['a business key that is an object', '{"name": {"a": 1}}', {}, 422, 'DATA_KEY'],
    ['a dedupe key that is a truth value', '{"id": true}', {}, 422, 'DATA_KEY'],
  ])('%s', async (_what, body, headers, status, code) => {
    const response = await raw('/dev/shop/orders', body, headers);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status, code, instance: '/hooks/dev/shop/orders' });
    expect(response.status).toBe(status);
  });

  it('names the key that fails', async () => {
    const problem = (await (await post('/dev/shop/orders', { name: true })).json()) as { detail: string };
    expect(problem.detail).toContain('business "orderNo" key');
  });

  it('a large chunked body, without waiting for its end', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${base}/dev/shop/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      });
      request.once('response', (response) => {
        response.resume();
        resolve(response.statusCode);
        request.destroy();
      });
      request.once('error', reject);
      request.write('"'.padEnd(MAX_BODY_BYTES + 1000, 'x'));
    });
    expect(status).toBe(413);
  });

  it('an unknown address with 404, and a wrong method with 404 that names the right one', async () => {
    expect(await (await post('/dev/nowhere', {})).json()).toMatchObject({ status: 404, code: 'API_NOT_FOUND' });
    expect((await post('/prod/shop/orders', {})).status).toBe(404);
    const response = await fetch(`${base}/dev/shop/orders`);
    expect(response.status).toBe(404);
    expect(((await response.json()) as { detail: string }).detail).toContain('takes POST, not GET');
  });

  it('everything with 503 while stopping', async () => {
    isStopping = true;
    const response = await post('/dev/shop/orders', {});
    isStopping = false;
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('nothing more when the sender goes away in the middle', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${base}/dev/shop/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': '100' },
      });
      request.once('error', () => undefined);
      request.once('close', () => resolve());
      request.write('{"a":', () => setTimeout(() => request.destroy(), 50));
    });
    expect((await post('/dev/shop/orders', { id: 'after' })).status).toBe(202);
  });
});

describe('a hook that responds', () => {
  it("gives the flow's own answer, without headers that steer the connection", async () => {
    const response = await post('/dev/ask', { answer: { status: 201, headers: { 'X-A': 'b', 'set-cookie': 'c=d' } } });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-a')).toBe('b');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.json()).toEqual({ seen: true });
  });

  it('answers 504 with the execution id when time is up', async () => {
    const response = await post('/dev/ask', { silent: true });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ code: 'API_TIMEOUT', executionId: expect.any(String) });
  });

  it('answers 200 with the status when the execution ends without an answer', async () => {
    const response = await post('/dev/ask', { ended: 'succeeded' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'succeeded', executionId: expect.any(String) });
  });

  it("answers with the execution's own error when it fails without an answer", async () => {
    const response = await post('/dev/ask', { ended: 'failed' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'DATA_INVALID', executionId: expect.any(String) });
  });
});

describe('a deployment', () => {
  it('opens and closes its hooks within a second', async () => {
    await deploy('late', { path: 'late' });
    expect((await post('/dev/late', {})).status).toBe(202);
    await bus.registry.deactivate('dev', 'late');
    expect((await post('/dev/late', {})).status).toBe(404);
  });
});

describe('while NATS is away', () => {
  it('answers 503 quickly and takes requests again when it is back', async () => {
    await server.kill();
    const start = Date.now();
    const response = await post('/dev/shop/orders', { id: 'away' });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).not.toBeNull();
    expect(Date.now() - start).toBeLessThan(5_500);
    await server.restart();
    await expect
      .poll(async () => (await post('/dev/shop/orders', { id: 'away' })).status, { timeout: 15_000 })
      .toBe(202);
  });
});

const post = (path: string, body: unknown) => raw(path, JSON.stringify(body));

function raw(path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

async function idOf(response: Response): Promise<string> {
  const text = await response.text();
  expect(text).toContain('executionId');
  return (JSON.parse(text) as { executionId: string }).executionId;
}

async function triggerOf(executionId: string): Promise<TriggerRecord> {
  await expect.poll(() => accepted.has(executionId), { timeout: 10_000 }).toBe(true);
  return accepted.get(executionId) as TriggerRecord;
}

async function deploy(id: string, config: Record<string, unknown>, settings?: FlowSettings): Promise<void> {
  const flow: Flow = {
    formatVersion: 1,
    id,
    name: id,
    nodes: [{ id: 'hook', type: 'webhook', config }],
    edges: [],
    ...(settings === undefined ? {} : { settings }),
  };
  await bus.registry.putRevision(id, 1, flow);
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: `d-${id}`, env: 'dev', flowId: id, revision: 1, deployedAt });
}

/** Stands for the engine: notes each trigger and answers as its payload asks. */
async function startWorker(): Promise<() => Promise<void>> {
  const side = openWorkerSide(bus);
  const { stop } = await side.consumeLeases({ concurrency: 16 }, async (lease: Lease) => {
    const trigger = await lease.trigger?.();
    if (trigger === undefined) return;
    accepted.set(trigger.executionId, trigger);
    const wish = (trigger.payload ?? {}) as { answer?: { status: number; headers: object }; ended?: 'failed' };
    if (trigger.replyTo && wish.answer)
      side.replies.reply(trigger.replyTo, {
        status: wish.answer.status,
        headers: { ...wish.answer.headers },
        body: { seen: true },
      });
    if (trigger.replyTo && wish.ended) {
      await side.journal.write(endedAs(wish.ended, trigger), 0);
      side.replies.reply(trigger.replyTo, { ended: wish.ended });
    }
    lease.ack();
  });
  return () => stop(1_000);
}

function endedAs(status: JournalSnapshot['status'], trigger: TriggerRecord): JournalSnapshot {
  const { executionId, flowId, revision, env, nodeId, receivedAt, headers, keys } = trigger;
  return {
    v: 1,
    executionId,
    flowId,
    revision,
    env,
    status,
    lease: executionId,
    token: executionId,
    write: 1,
    crashes: 0,
    trigger: { nodeId, receivedAt, headers, keys, seq: 1 },
    frontier: [],
    outputs: {},
    nodeOutputs: {},
    spans: [],
    startedAt: receivedAt,
    ...(status === 'failed' ? { error: { code: 'DATA_INVALID' as const, message: 'no fit' } } : {}),
  };
}
