import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow, plainFlow } from '../fixtures/flows.ts';
import { freePort } from '../fixtures/free-port.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook, shopOrder } from '../fixtures/shop.ts';

interface Problem {
  status: number;
  code: string;
  detail: string;
  issues?: { code: string; path: string; message: string; nodeId?: string }[];
}

describe('bad input', () => {
  let runtime: RunningRuntime;
  let pid = 0;
  beforeAll(async () => {
    runtime = await startRuntime();
    pid = runtime.pid;
    await deployFlow(
      runtime,
      plainFlow('keyed', 'keyed', { settings: { businessKeys: { orderNo: '$number(name)' }, dedupeKey: 'id' } }),
    );
  });
  afterAll(async () => {
    expect(runtime.pid).toBe(pid);
    expect((await fetch(`${runtime.url}/readyz`)).status).toBe(200);
    expect(await runtime.stop()).toBe(0);
  });

  const refused = async (answer: Response, status: number, code: string) => {
    const problem = (await answer.json()) as Problem;
    expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(problem.detail.length).toBeGreaterThan(10);
    return problem;
  };

  test('malformed JSON gets 400', async () => {
    await refused(await postHook(runtime, 'shop/orders', '{"id": 1,'), 400, 'DATA_MALFORMED');
  });

  test('a body of 20 MB gets 413, with a length and without', async () => {
    const big = `"${'x'.repeat(20 * 1024 * 1024)}"`;
    await refused(await postHook(runtime, 'shop/orders', big), 413, 'DATA_TOO_LARGE');
    expect(await postChunked(runtime, big)).toBe(413);
  });

  test('a content type that the trigger does not take gets 415', async () => {
    await refused(
      await postHook(runtime, 'shop/orders', '<order/>', { 'content-type': 'application/xml' }),
      415,
      'DATA_CONTENT_TYPE',
    );
  });

  test('a document 10,000 levels deep gets 400, one of 100 levels is taken', async () => {
    await refused(
      await postHook(runtime, 'shop/orders', '['.repeat(10_000) + ']'.repeat(10_000)),
      400,
      'DATA_TOO_DEEP',
    );
    const taken = await postHook(runtime, 'keyed', `{"id":"deep","name":"1","a":${'['.repeat(99)}${']'.repeat(99)}}`);
    expect(taken.status).toBe(200);
  });

  test('__proto__ and constructor keys get 400, also when written with escapes', async () => {
    for (const body of ['{"__proto__":{"polluted":1}}', '{"a":[{"constructor":{}}]}', '{"\\u005f_proto__":1}']) {
      const problem = await refused(await postHook(runtime, 'shop/orders', body), 400, 'DATA_FORBIDDEN_KEY');
      expect(problem.detail).toMatch(/__proto__|constructor/);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('a key expression that fails gets 422 and names the key', async () => {
    const problem = await refused(
      await postHook(runtime, 'keyed', '{"id":"1","name":"not a number"}'),
      422,
      'DATA_KEY',
    );
    expect(problem.detail).toContain('orderNo');
  });

  test('an unknown hook gets 404', async () => {
    expect((await postHook(runtime, 'no/such/hook', '{}')).status).toBe(404);
    expect((await fetch(`${runtime.url}/hooks/nowhere/shop/orders`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${runtime.url}/hooks/dev/shop/orders`)).status).toBe(404);
    expect((await fetch(`${runtime.url}/hooks/dev/%E0%A4%A`, { method: 'POST' })).status).toBeLessThan(500);
  });

  test('a flow file with errors is refused with its issues, the draft may hold them, publishing may not', async () => {
    const broken = {
      ...plainFlow('broken', 'broken', { mapping: '{ "a": ' }),
      nodes: [...plainFlow('broken', 'broken', { mapping: '{ "a": ' }).nodes, { id: 'x', type: 'no.such', config: {} }],
    };
    expect((await runtime.api('POST', '/api/v1/flows', broken)).status).toBe(201);
    const { issues } = await runtime.json<{ issues: { code: string; nodeId?: string; position?: number }[] }>(
      'POST',
      '/api/v1/flows/broken/validate',
    );
    expect(issues.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['FLOW_MAPPING_SYNTAX', 'FLOW_UNKNOWN_NODE_TYPE']),
    );
    expect(issues.find(({ code }) => code === 'FLOW_MAPPING_SYNTAX')).toMatchObject({
      nodeId: 'map',
      position: expect.any(Number),
    });
    const problem = await refused(
      await runtime.api('POST', '/api/v1/flows/broken/revisions', { message: 'no' }),
      422,
      'FLOW_INVALID',
    );
    expect(problem.issues?.length).toBeGreaterThanOrEqual(2);
    await refused(await runtime.api('POST', '/api/v1/flows', { id: 'odd', nodes: 'none' }), 422, 'FLOW_INVALID');
    await refused(await runtime.api('POST', '/api/v1/flows', [1, 2]), 422, 'FLOW_INVALID').catch(async () => {
      await refused(await runtime.api('POST', '/api/v1/flows', [1, 2]), 400, 'API_BAD_REQUEST');
    });
  });

  test('API bodies that are not what the contract says get 400, 413 or 415', async () => {
    const headers = { authorization: 'Bearer wrong' };
    await refused(await runtime.api('GET', '/api/v1/flows', undefined, headers), 401, 'API_UNAUTHENTICATED');
    await refused(await runtime.api('GET', '/api/v1/executions?limit=0'), 400, 'API_BAD_REQUEST');
    await refused(await runtime.api('GET', '/api/v1/executions?from=yesterday'), 400, 'API_BAD_REQUEST');
    await refused(
      await runtime.api('POST', '/api/v1/environments/dev/deployments', { flowId: 'broken' }),
      400,
      'API_BAD_REQUEST',
    );
    const text = await fetch(`${runtime.url}/api/v1/flows`, {
      method: 'POST',
      headers: { authorization: `Bearer cdk_test_4b1f6f0e2d3c4a5b8c7d9e0f1a2b3c4d`, 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(text.status).toBe(415);
    const malformed = await fetch(`${runtime.url}/api/v1/flows`, {
      method: 'POST',
      headers: {
        authorization: `Bearer cdk_test_4b1f6f0e2d3c4a5b8c7d9e0f1a2b3c4d`,
        'content-type': 'application/json',
      },
      body: '{"a"',
    });
    expect(malformed.status).toBe(400);
    expect((await runtime.api('GET', '/api/v1/executions/nothing')).status).toBe(404);
  });

  test('after all that an order goes through', async () => {
    expect((await postHook(runtime, 'shop/orders', JSON.stringify(shopOrder(1)))).status).toBe(202);
  });
});

describe('a second start on the same data folder', () => {
  test('refuses, says who holds it, and leaves the first alone', async () => {
    const runtime = await startRuntime();
    try {
      const second = await runToEnd([
        'runtime/src/main.ts',
        '--port',
        String(await freePort()),
        '--data-dir',
        runtime.dataDir,
      ]);
      expect(second.code).toBe(1);
      expect(second.text).toContain(String(runtime.pid));
      expect((await fetch(`${runtime.url}/readyz`)).status).toBe(200);
    } finally {
      await runtime.stop();
    }
  });

  test('wrong settings stop the start with a line for each that names it', async () => {
    const { code, text } = await runToEnd(['runtime/src/main.ts', '--port', 'eighty'], {
      CROSSDOCK_WORKERS: 'many',
      CROSSDOCK_ROLES: 'api,cook',
    });
    expect(code).toBe(1);
    for (const part of ['--port', 'eighty', 'CROSSDOCK_WORKERS', 'many', 'CROSSDOCK_ROLES', 'cook'])
      expect(text).toContain(part);
  });
});

function runToEnd(argv: string[], env: Record<string, string> = {}): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, {
      cwd: new URL('../..', import.meta.url),
      env: { ...process.env, ...env },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    child.on('close', (code) => resolve({ code, text }));
  });
}

function postChunked(runtime: RunningRuntime, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        port: runtime.port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/hooks/dev/shop/orders',
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    call.on('error', reject);
    for (let at = 0; at < body.length; at += 1 << 20) call.write(body.slice(at, at + (1 << 20)));
    call.end();
  });
}
