import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Flow } from '@crossdock/flow-model';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import { type Client, createClient } from './client.ts';
import type { FlowDraft } from './schemas.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let client: Client;
let seen: Seen;
let answer: { status: number; type?: string; body?: string };

const flow: Flow = { formatVersion: 1, id: 'shop', name: 'Shop', nodes: [], edges: [] };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    response.writeHead(answer.status, answer.type === undefined ? {} : { 'content-type': answer.type });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = createClient({ baseUrl: `http://127.0.0.1:${port}`, headers: { authorization: 'Bearer key' } });
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  answer = { status: 200, type: 'application/json', body: '{}' };
});

describe('createClient', () => {
  it('sends method, path, headers and body, and gives the answer', async () => {
    const draft = { flow, etag: '"2"', updatedAt: '2026-01-01T00:00:00.000Z', updatedBy: 'Ada' };
    answer.body = JSON.stringify(draft);
    const saved = await client.saveFlow({ params: { flowId: 'shop' }, headers: { 'if-match': '"1"' }, body: flow });
    expect(saved).toEqual(draft);
    expect(seen).toMatchObject({ method: 'PUT', url: '/api/v1/flows/shop' });
    expect(seen.headers).toMatchObject({
      'if-match': '"1"',
      authorization: 'Bearer key',
      'content-type': 'application/json',
    });
    expect(JSON.parse(seen.body)).toEqual(flow);
  });

  it('sends no body and no content type where there is none', async () => {
    await client.listFlows({ query: { q: 'order', limit: 10 } });
    expect(seen).toMatchObject({ method: 'GET', url: '/api/v1/flows?q=order&limit=10', body: '' });
    expect(seen.headers['content-type']).toBeUndefined();
  });

  it('gives undefined for 204', async () => {
    answer = { status: 204 };
    expect(await client.undeploy({ params: { env: 'dev', flowId: 'shop' } })).toBeUndefined();
  });

  it('rejects with the problem details of an error answer', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Stale',
      status: 412,
      detail: 'Someone else saved.',
      code: 'API_STALE',
      instance: '/api/v1/flows/shop',
    };
    answer = { status: 412, type: 'application/problem+json', body: JSON.stringify(problem) };
    const failure = await client.getFlow({ params: { flowId: 'shop' } }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiProblem);
    expect(failure).toMatchObject({ code: 'API_STALE', status: 412, message: 'Someone else saved.', problem });
  });

  it.each(['<html>Bad gateway</html>', '', '[1]', 'null'])(
    'makes a problem of an answer that is none: %j',
    async (body) => {
      answer = { status: 502, type: 'text/html', body };
      await expect(client.me()).rejects.toMatchObject({ code: 'SYSTEM_UNEXPECTED', status: 502 });
    },
  );

  it('stops when its signal aborts', async () => {
    await expect(client.me({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('has types that follow the routes', () => {
    expectTypeOf(client.getFlow).returns.resolves.toEqualTypeOf<FlowDraft>();
    expectTypeOf(client.signOut).returns.resolves.toEqualTypeOf<undefined>();
    expectTypeOf(client.saveFlow)
      .parameter(0)
      .toHaveProperty('headers')
      .toEqualTypeOf<{ readonly 'if-match': string }>();
    expectTypeOf(client.validateFlow).toBeCallableWith({ params: { flowId: 'shop' } });
    expectTypeOf(client.me).toBeCallableWith();
    expectTypeOf<Client>().not.toHaveProperty('stream');
  });
});
