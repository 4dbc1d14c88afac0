import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from './index.ts';

const log = pino({ level: 'silent' });
let dir: string;
let sandbox: Sandbox;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'crossdock-sandbox-'));
  sandbox = await startSandbox({ dir, log });
});
afterEach(async () => {
  await sandbox.close();
  await rm(dir, { recursive: true, force: true });
});

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(sandbox.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const post = (order: unknown, key?: string) =>
  call('POST', '/orders', order, key === undefined ? {} : { 'idempotency-key': key });
const count = async () => (await call('GET', '/orders/count')).json();
const reopen = async () => {
  await sandbox.close();
  sandbox = await startSandbox({ dir, log });
};

describe('orders', () => {
  test('are stored and read back by id and number', async () => {
    const answer = await post({ orderNo: '#1001', id: '82098291194612345678' });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    expect(answer.headers.get('location')).toBe(`/orders/${id}`);
    expect(await (await call('GET', `/orders/${id}`)).json()).toMatchObject({ id, orderNo: '#1001' });
    const found = await (await call('GET', '/orders?orderNo=%231001')).json();
    expect(found).toMatchObject({ items: [{ id, order: { id: '82098291194612345678' } }], nextCursor: null });
    expect((await call('GET', '/orders/none')).status).toBe(404);
  });

  test('come page by page', async () => {
    for (let number = 1; number <= 5; number++) await post({ orderNo: `#${number}` });
    const seen: string[] = [];
    let cursor: string | null = '0';
    while (cursor !== null) {
      const page = (await (await call('GET', `/orders?limit=2&cursor=${cursor}`)).json()) as {
        items: { orderNo: string }[];
        nextCursor: string | null;
      };
      seen.push(...page.items.map(({ orderNo }) => orderNo));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['#1', '#2', '#3', '#4', '#5']);
    expect((await call('GET', '/orders?limit=0')).status).toBe(400);
  });

  test('without a number, or not JSON, are refused with a sentence', async () => {
    const missing = await post({ id: 1 });
    expect(missing.status).toBe(422);
    expect(await missing.text()).toContain('orderNo is missing');
    expect((await post([1])).status).toBe(422);
    const broken = await fetch(`${sandbox.url}/orders`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    expect((await call('GET', '/nowhere')).status).toBe(404);
  });

  test('are called off once, also after a restart, and show it', async () => {
    const { id } = (await (await post({ orderNo: '#1' })).json()) as { id: string };
    const cancel = async () => (await call('POST', `/orders/${id}/cancel`)).json();
    const first = (await cancel()) as { cancelledAt: string };
    expect(Date.parse(first.cancelledAt)).toBeGreaterThan(0);
    await reopen();
    expect(await cancel()).toEqual(first);
    expect(await count()).toMatchObject({ orders: 1, cancelled: 1, requests: 0 });
    expect((await call('POST', '/orders/none/cancel')).status).toBe(404);
  });

  test('can all be removed', async () => {
    await post({ orderNo: '#1' }, 'k');
    expect((await call('DELETE', '/orders')).status).toBe(204);
    expect(await count()).toEqual({ orders: 0, requests: 0, replays: 0, duplicates: 0, cancelled: 0 });
    await reopen();
    expect(await count()).toMatchObject({ orders: 0 });
    expect((await post({ orderNo: '#2' }, 'k')).headers.get('idempotent-replay')).toBeNull();
  });
});

describe('an idempotency key', () => {
  test('gives the first answer again, also after a restart', async () => {
    const first = await post({ orderNo: '#1', total: '9.90' }, 'key-1');
    const again = await post({ total: '9.90', orderNo: '#1' }, 'key-1');
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replay')).toBe('true');
    const answer = await first.json();
    expect(await again.json()).toEqual(answer);
    await reopen();
    expect(await (await post({ orderNo: '#1', total: '9.90' }, 'key-1')).json()).toEqual(answer);
    expect(await count()).toMatchObject({ orders: 1, duplicates: 0, replays: 1 });
  });

  test('stores once when its requests arrive together', async () => {
    await Promise.all(Array.from({ length: 20 }, () => post({ orderNo: '#1' }, 'key-1')));
    expect(await count()).toMatchObject({ orders: 1, requests: 20, replays: 19, duplicates: 0 });
  });

  test('with another body is a conflict', async () => {
    await post({ orderNo: '#1' }, 'key-1');
    expect((await post({ orderNo: '#2' }, 'key-1')).status).toBe(409);
  });

  test('is not needed, but then a repeat is a duplicate', async () => {
    await post({ orderNo: '#1' });
    await post({ orderNo: '#1' });
    expect(await count()).toMatchObject({ orders: 2, duplicates: 1 });
  });
});

describe('faults', () => {
  test('fail with the status asked for, and end when their time is over', async () => {
    expect((await call('PUT', '/faults', { mode: 'fail', status: 500 })).status).toBe(200);
    expect((await post({ orderNo: '#1' })).status).toBe(500);
    expect(await (await call('GET', '/faults')).json()).toMatchObject({ mode: 'fail', status: 500 });
    expect((await call('POST', '/orders/any/cancel')).status).toBe(500);
    await call('PUT', '/faults', { mode: 'fail', untilMs: Date.now() - 1 });
    expect((await post({ orderNo: '#1' })).status).toBe(201);
    await call('PUT', '/faults', { mode: 'fail', rate: 0 });
    expect((await post({ orderNo: '#2' })).status).toBe(201);
  });

  test('cut the connection after storing, or before', async () => {
    await call('PUT', '/faults', { mode: 'cut' });
    await expect(post({ orderNo: '#1' }, 'k')).rejects.toThrow();
    expect(await count()).toMatchObject({ orders: 1 });
    await call('PUT', '/faults', { mode: 'cut-before' });
    await expect(post({ orderNo: '#2' })).rejects.toThrow();
    expect(await count()).toMatchObject({ orders: 1, requests: 2 });
    await call('PUT', '/faults', { mode: 'ok' });
    expect((await post({ orderNo: '#1' }, 'k')).headers.get('idempotent-replay')).toBe('true');
  });

  test('answer late', async () => {
    await call('PUT', '/faults', { mode: 'slow', delayMs: 100 });
    const startedAt = performance.now();
    expect((await post({ orderNo: '#1' })).status).toBe(201);
    expect(performance.now() - startedAt).toBeGreaterThan(90);
  });

  test('never hold the stop up', async () => {
    await call('PUT', '/faults', { mode: 'slow', delayMs: 60_000 });
    const waiting = post({ orderNo: '#1' }).catch(() => 'cut');
    await expect.poll(async () => ((await count()) as { requests: number }).requests).toBe(1);
    await reopen();
    expect(await waiting).toBe('cut');
  });

  test.each([
    [{ mode: 'explode' }, 'mode must be one of'],
    [{ mode: 'fail', status: 200 }, 'status must be'],
    [{ mode: 'slow', delay: 5 }, 'unknown field'],
    ['fail', 'must be a JSON object'],
  ])('that cannot be read are refused: %j', async (body, sentence) => {
    const answer = await call('PUT', '/faults', body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(sentence);
  });
});

describe('a restart', () => {
  test('keeps orders and port, and gives up the port when it is taken', async () => {
    await post({ orderNo: '#1' });
    const { url } = sandbox;
    await reopen();
    expect(sandbox.url).toBe(url);
    expect(await count()).toMatchObject({ orders: 1 });
    await sandbox.close();
    const other = createServer().listen(Number(new URL(url).port), '127.0.0.1');
    await once(other, 'listening');
    sandbox = await startSandbox({ dir, log });
    expect(sandbox.url).not.toBe(url);
    other.close();
  });

  test('cuts off a line that a crash tore', async () => {
    await post({ orderNo: '#1' });
    await sandbox.close();
    await appendFile(join(dir, 'erp-orders.jsonl'), '{"id":"torn","orderNo":"#2","ord');
    sandbox = await startSandbox({ dir, log });
    await post({ orderNo: '#3' });
    await reopen();
    const { items } = (await (await call('GET', '/orders')).json()) as { items: { orderNo: string }[] };
    expect(items.map(({ orderNo }) => orderNo)).toEqual(['#1', '#3']);
  });

  test('after kill -9 finds every order that was answered', async () => {
    await sandbox.close();
    const script = `import { pino } from 'pino'; const { startSandbox } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      const { url } = await startSandbox({ dir: ${JSON.stringify(dir)}, log: pino({ level: 'silent' }) }); console.log(url);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: new URL('../..', import.meta.url),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = String((await once(child.stdout, 'data'))[0]).trim();
    const answered: string[] = [];
    const send = async (sender: number) => {
      for (let number = 1; ; number++) {
        const orderNo = `#${sender}-${number}`;
        const answer = await fetch(`${url}/orders`, { method: 'POST', body: JSON.stringify({ orderNo }) });
        if (answer.ok) answered.push(orderNo);
        if (answered.length === 200) child.kill('SIGKILL');
      }
    };
    await Promise.allSettled(Array.from({ length: 8 }, (_, sender) => send(sender)));
    expect(answered.length).toBeGreaterThanOrEqual(200);
    sandbox = await startSandbox({ dir, log });
    const page = (await (await call('GET', '/orders?limit=1000')).json()) as { items: { orderNo: string }[] };
    const stored = new Set(page.items.map(({ orderNo }) => orderNo));
    expect(answered.filter((orderNo) => !stored.has(orderNo))).toEqual([]);
  });
});
