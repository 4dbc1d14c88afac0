import type { OpenConnection } from '@crossdock/connector-sdk';
import {
  loopbackHttp,
  type ReceivedRequest,
  runNodeForTest,
  startTestServer,
  type TestServer,
} from '@crossdock/connector-sdk/testing';
import { isFlowError } from '@crossdock/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { httpRequest } from '../request/manifest.ts';
import { runHttpRequest } from '../request/run.ts';
import { checkHttpConnection } from './check.ts';

type Reply = { status: number; body?: unknown; headers?: Record<string, string> };

let server: TestServer;
let reply: (request: ReceivedRequest) => Reply;

beforeAll(async () => {
  server = await startTestServer((request, response) => {
    const { status, body, headers = {} } = reply(request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  reply = () => ({ status: 200, body: { ok: true } });
});

function connectionWith(settings: object = {}, credentials: Record<string, string> = {}): OpenConnection {
  return {
    ...{ id: 'c1', env: 'dev', name: 'erp', type: 'http', version: 1, memory: new Map() },
    settings: { baseUrl: `${server.url}/api`, auth: 'none', ...settings },
    credentials,
    hosts: [server.url],
  };
}

const call = (connection: OpenConnection, config: object = {}) =>
  runNodeForTest(httpRequest, runHttpRequest, { config: { method: 'GET', url: '/orders', ...config }, connection });
const failure = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => (isFlowError(error) ? error : undefined),
  );
const check = (connection: OpenConnection) =>
  checkHttpConnection(connection as never, {
    http: loopbackHttp(),
    connect: () => Promise.reject(new Error('no socket')),
    signal: AbortSignal.timeout(10_000),
  });

describe('http.request with a connection', () => {
  test.each([
    ['/orders', '/api/orders'],
    ['orders?a=1', '/api/orders?a=1'],
    ['?a=1', '/api?a=1'],
    ['//evil.example.com/x', '/api/evil.example.com/x'],
    ['\\\\evil.example.com/x', '/api/evil.example.com/x'],
  ])('puts %j behind the base address', async (url, path) => {
    await call(connectionWith(), { url });
    expect(server.requests[0]?.url).toBe(path);
  });

  test('takes a full address on a host of the connection', async () => {
    await call(connectionWith(), { url: `${server.url}/elsewhere` });
    expect(server.requests[0]?.url).toBe('/elsewhere');
  });

  test.each(['https://evil.example.com/api', 'http://127.0.0.1:1/api'])(
    'refuses %s, naming connection and host, and sends nothing',
    async (url) => {
      const error = await failure(call(connectionWith({ auth: 'bearer' }, { token: 'canary-token' }), { url }));
      expect(error?.code).toBe('CONFIG_CONNECTION_HOST');
      expect(error?.message).toContain('"erp"');
      expect(error?.message).toContain(new URL(url).origin);
      expect(JSON.stringify(error?.details)).not.toContain('canary');
      expect(server.requests).toEqual([]);
    },
  );

  test.each([
    [
      'basic',
      { auth: 'basic', user: 'ada' },
      { password: 'sesam:öffne' },
      { authorization: `Basic ${Buffer.from('ada:sesam:öffne').toString('base64')}` },
    ],
    ['bearer', { auth: 'bearer' }, { token: 't-1' }, { authorization: 'Bearer t-1' }],
    ['an API key', { auth: 'api-key' }, { apiKey: 'k-1' }, { 'x-api-key': 'k-1' }],
    ['a key by another name', { auth: 'api-key', apiKeyName: 'X-Token' }, { apiKey: 'k-2' }, { 'x-token': 'k-2' }],
    ['headers', { headers: { 'X-Company': 'main' } }, {}, { 'x-company': 'main' }],
  ] as const)('sends %s', async (_what, settings, credentials, headers) => {
    await call(connectionWith(settings, credentials), { headers: { Authorization: 'from the flow' } });
    expect(server.requests[0]?.headers).toMatchObject(headers);
  });

  test('sends a key in the query', async () => {
    const settings = { auth: 'api-key', apiKeyIn: 'query', apiKeyName: 'key' };
    await call(connectionWith(settings, { apiKey: 'k&1' }), { query: { key: 'of the flow', page: 2 } });
    expect(server.requests[0]?.url).toBe('/api/orders?key=k%261&page=2');
  });

  test('says which credential is missing', async () => {
    const error = await failure(call(connectionWith({ auth: 'bearer' })));
    expect(error?.code).toBe('CONFIG_CREDENTIALS_MISSING');
    expect(error?.message).toContain('"erp" in dev has no bearer token');
  });
});

describe('OAuth 2 client credentials', () => {
  const oauth = (more: object = {}) =>
    connectionWith(
      { auth: 'oauth2', tokenUrl: `${server.url}/token`, clientId: 'me@x', scope: 'a b', ...more },
      { clientSecret: 'canary/+secret' },
    );
  let issued = 0;
  const withTokens = (lifeS: number, orders: (token: string | undefined) => Reply) => {
    issued = 0;
    reply = ({ url, headers }) =>
      url === '/token'
        ? { status: 200, body: { access_token: `t-${++issued}`, token_type: 'Bearer', expires_in: lifeS } }
        : orders(headers.authorization);
  };
  const calls = (url: string) => server.requests.filter((request) => request.url === url);

  test('fetches a token once for calls at the same time and after', async () => {
    withTokens(3600, () => ({ status: 200, body: {} }));
    const connection = oauth();
    await Promise.all([call(connection), call(connection)]);
    await call(connection);
    expect(calls('/token')).toHaveLength(1);
    expect(calls('/api/orders').map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer t-1'));
    const [request] = calls('/token');
    const pair = Buffer.from(`${encodeURIComponent('me@x')}:${encodeURIComponent('canary/+secret')}`);
    expect(request?.headers.authorization).toBe(`Basic ${pair.toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'a b',
    });
  });

  test('sends id and secret in the body where the settings say so', async () => {
    withTokens(3600, () => ({ status: 200, body: {} }));
    await call(oauth({ clientAuth: 'body', scope: undefined, audience: 'orders' }));
    expect(Object.fromEntries(new URLSearchParams(calls('/token')[0]?.body))).toEqual({
      ...{ grant_type: 'client_credentials', audience: 'orders', client_id: 'me@x', client_secret: 'canary/+secret' },
    });
    expect(calls('/token')[0]?.headers.authorization).toBeUndefined();
  });

  test('fetches a new one when it is over, and once when the API refuses it', async () => {
    withTokens(0.001, () => ({ status: 200, body: {} }));
    const brief = oauth();
    await call(brief);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await call(brief);
    expect(calls('/api/orders').map(({ headers }) => headers.authorization)).not.toContain(undefined);
    withTokens(3600, (token) => ({ status: token === 'Bearer t-1' ? 401 : 200, body: {} }));
    server.requests.length = 0;
    await call(oauth());
    expect(calls('/api/orders').map(({ headers }) => headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
    withTokens(3600, () => ({ status: 401, body: {} }));
    server.requests.length = 0;
    expect((await failure(call(oauth())))?.code).toBe('REMOTE_REJECTED');
    expect(calls('/token')).toHaveLength(2);
  });

  test('says that the credentials were refused, without them, and tries again next time', async () => {
    reply = () => ({ status: 401, body: { error: 'invalid_client', error_description: 'unknown client' } });
    const connection = oauth();
    const error = await failure(call(connection));
    expect(error?.code).toBe('CONFIG_CREDENTIALS_REFUSED');
    expect(error?.message).toContain('invalid_client: unknown client');
    expect(JSON.stringify(error)).not.toContain('canary');
    withTokens(3600, () => ({ status: 200, body: {} }));
    expect(await failure(call(connection))).toBeUndefined();
  });

  test.each([
    [503, 'REMOTE_ERROR'],
    [429, 'REMOTE_RATE_LIMITED'],
    [200, 'REMOTE_ANSWER_INVALID'],
  ])('a token address that answers %i gives %s', async (status, code) => {
    reply = () => ({ status, body: {} });
    expect((await failure(call(oauth())))?.code).toBe(code);
  });
});

describe('the check of an http connection', () => {
  test('calls its path with the credentials and says what it saw', async () => {
    const connection = connectionWith({ auth: 'bearer', checkPath: '/me' }, { token: 't' });
    expect(await check(connection)).toBe('GET /api/me answered 200');
    expect(server.requests[0]?.headers.authorization).toBe('Bearer t');
  });

  test.each([
    [401, 'CONFIG_CREDENTIALS_REFUSED'],
    [403, 'CONFIG_CREDENTIALS_REFUSED'],
    [500, 'REMOTE_ERROR'],
    [404, undefined],
    [405, undefined],
  ])('a base address that answers %i gives %s', async (status, code) => {
    reply = () => ({ status });
    expect((await failure(check(connectionWith())))?.code).toBe(code);
  });

  test('a path of its own has to exist', async () => {
    reply = () => ({ status: 404 });
    expect((await failure(check(connectionWith({ checkPath: '/me' }))))?.code).toBe('REMOTE_REJECTED');
  });
});
