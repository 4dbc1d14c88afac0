import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request as rawRequest, type ServerResponse } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowError } from '@crossdock/errors';
import { json, Router } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { StartProblem } from '../process/start-problem.ts';
import { createApp } from './app.ts';
import { type Listener, listen } from './listener.ts';

const { log } = openLog('silent');
const metrics = createMetrics();
const workerMetrics = createMetrics();
let stopping = false;
let bus = (): Promise<void> => Promise.resolve();
let listener: Listener;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crossdock-designer-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Crossdock</title>');
  writeFileSync(join(folder, 'assets', 'index-Ab3dEf9h.js'), `console.log('${'a'.repeat(5000)}')`);
  writeFileSync(join(folder, '.built-from'), 'secret');
  const api = Router();
  api.post('/api/v1/echo', json({ limit: 1000 }), (request, response) => void response.json(request.body));
  api.get('/api/v1/broken', () => {
    throw new Error('the password is hunter2');
  });
  api.get('/api/v1/issues', () => {
    throw new FlowError('FLOW_INVALID', {
      details: { issues: [{ code: 'FLOW_CYCLE', path: '', message: 'a cycle' }] },
    });
  });
  const ingress = (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(202, { 'content-type': 'text/html' }).end('<script>1</script>');
  const app = createApp({
    log,
    api,
    ingress,
    designerFolder: folder,
    health: {
      checks: () => ({ bus: () => bus() }),
      isStopping: () => stopping,
      metrics,
      workerMetrics: () => [snapshot],
    },
  });
  workerMetrics.count('crossdock_node_attempts_total', { type: 'transform', status: 'succeeded' }, 3);
  const snapshot = await workerMetrics.snapshot();
  listener = await listen(app, '127.0.0.1', await freePort(), 'CROSSDOCK_PORT');
});

afterAll(async () => {
  await listener.close(0);
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, init: RequestInit = {}) => fetch(listener.url + path, init);
const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml' } };

describe('health', () => {
  test('says that the process lives and what is ready', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready', checks: { bus: 'ok' } });
  });

  test('names what is not ready with 503', async () => {
    bus = () => Promise.reject(new FlowError('SYSTEM_BUS_UNAVAILABLE'));
    const answer = await get('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: 'not ready',
      checks: { bus: 'the message bus cannot be reached' },
    });
    bus = () => Promise.resolve();
  });

  test('is not ready while the process stops', async () => {
    stopping = true;
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/healthz')).status).toBe(200);
    stopping = false;
  });

  test('sums the metrics of all processes', async () => {
    metrics.count('crossdock_node_attempts_total', { type: 'transform', status: 'succeeded' }, 2);
    const text = await (await get('/metrics')).text();
    expect(text).toContain('crossdock_node_attempts_total{type="transform",status="succeeded"} 5');
  });

  test('answers other methods with 405 and what is allowed', async () => {
    const answer = await get('/healthz', { method: 'POST' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('errors', () => {
  test('are problem details, and keep to themselves what is inside', async () => {
    const answer = await get('/api/v1/broken?token=x');
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const text = await answer.text();
    expect(text).not.toContain('hunter2');
    expect(JSON.parse(text)).toMatchObject({
      type: 'urn:crossdock:error:SYSTEM_UNEXPECTED',
      title: 'Internal Server Error',
      status: 500,
      code: 'SYSTEM_UNEXPECTED',
      instance: '/api/v1/broken',
    });
  });

  test('carry the issues of a flow', async () => {
    const answer = await get('/api/v1/issues');
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'FLOW_INVALID', issues: [{ code: 'FLOW_CYCLE' }] });
  });

  test.each([
    ['{"a":', 'application/json', 400, 'API_BAD_REQUEST'],
    [JSON.stringify('a'.repeat(2000)), 'application/json', 413, 'API_TOO_LARGE'],
    ['{}', 'application/json; charset=klingon', 415, 'API_UNSUPPORTED_MEDIA'],
  ])('of reading a body have a status of their own', async (body, type, status, code) => {
    const answer = await get('/api/v1/echo', { method: 'POST', body, headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code, status });
  });

  test('of unknown routes are 404, whoever asks', async () => {
    for (const path of ['/api/v1/nothing', '/nothing.js', '/hooks'])
      expect((await (await get(path, asBrowser)).json()) as object).toMatchObject({ code: 'API_NOT_FOUND' });
  });

  test('of malformed URLs and requests do not end the process', async () => {
    for (const path of ['/%', '/api/v1/%ff', '/%00', '/assets/%2e%2e/%2e%2e/etc/passwd', '//', '/?%']) {
      const status = await rawStatus(path);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).toBeLessThan(500);
    }
    expect(await rawBytes('GET / HTTP/9.9\r\n\r\n')).toContain('400 Bad Request');
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('the designer', () => {
  test('comes with a policy that runs no inline script', async () => {
    const answer = await get('/', asBrowser);
    expect(await answer.text()).toContain('<title>Crossdock</title>');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.has('x-powered-by')).toBe(false);
  });

  test('gives its page for every address of its own', async () => {
    expect((await get('/flows/shop-order-to-erp', asBrowser)).status).toBe(200);
    expect((await get('/flows/shop-order-to-erp')).status).toBe(404);
    expect((await get('/flows', { method: 'POST' })).status).toBe(404);
  });

  test('lets hashed files be kept for good, compressed', async () => {
    const answer = await get('/assets/index-Ab3dEf9h.js');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await answer.text()).length).toBeGreaterThan(5000);
    const headers = { 'if-none-match': answer.headers.get('etag') ?? '' };
    expect(await rawStatus('/assets/index-Ab3dEf9h.js', headers)).toBe(304);
  });

  test('never gives hidden files', async () => {
    expect((await get('/.built-from')).status).toBe(404);
  });
});

test('what a flow answers at a hook cannot act as a page of ours', async () => {
  const answer = await get('/hooks/dev/shop/orders', { method: 'POST' });
  expect(answer.status).toBe(202);
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
});

test('a port that is taken stops the start with one line', async () => {
  const port = Number(new URL(listener.url).port);
  const start = listen(() => undefined, '127.0.0.1', port, 'CROSSDOCK_PORT');
  await expect(start).rejects.toThrow(StartProblem);
  await expect(start).rejects.toThrow(`CROSSDOCK_PORT is "${port}", which another program on 127.0.0.1 uses`);
});

function rawStatus(path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(listener.url);
    rawRequest({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

function rawBytes(text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (received += chunk));
    socket.on('close', () => resolve(received));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
