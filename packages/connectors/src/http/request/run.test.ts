import { gzipSync } from 'node:zlib';
import {
  type NodeCase,
  runCase,
  runNodeForTest,
  startTestServer,
  type TestServer,
} from '@crossdock/connector-sdk/testing';
import { isFlowError } from '@crossdock/errors';
import { afterEach, describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { httpRequest } from './manifest.ts';
import { runHttpRequest } from './run.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const get = (url: string, signal?: AbortSignal) =>
  runNodeForTest(httpRequest, runHttpRequest, { config: { method: 'GET', url }, ...(signal ? { signal } : {}) });
const codeOf = (run: Promise<unknown>) =>
  run.then(
    () => 'none',
    (error: unknown) => (isFlowError(error) ? error.code : String(error)),
  );

describe('http.request', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(httpRequest, runHttpRequest, one)).toMatchObject(one.expect);
  });

  test('gives up when the attempt times out', async () => {
    server = await startTestServer(() => undefined);
    expect(await codeOf(get(server.url, AbortSignal.timeout(50)))).toBe('REMOTE_TIMEOUT');
  });

  test('tells a cut connection from an answer, before and within it', async () => {
    server = await startTestServer(({ url }, response) => {
      if (url === '/within') response.writeHead(200, { 'content-length': '100' }).write('{"half":');
      setImmediate(() => response.destroy());
    });
    expect(await codeOf(get(`${server.url}/before`))).toBe('REMOTE_UNAVAILABLE');
    expect(await codeOf(get(`${server.url}/within`))).toBe('REMOTE_UNAVAILABLE');
  });

  test('says that nobody listens', async () => {
    server = await startTestServer(() => undefined);
    const { url } = server;
    await server.close();
    server = undefined;
    const error = await get(url).catch((thrown: unknown) => thrown);
    expect(isFlowError(error, 'REMOTE_UNAVAILABLE') && error.details.reached).toBe(false);
  });

  test.each([
    [429, false],
    [425, false],
    [503, false],
    [408, undefined],
    [500, undefined],
    [502, undefined],
  ])('takes %i for a word on whether anything was done: processed %s', async (status, processed) => {
    server = await startTestServer((_request, response) => void response.writeHead(status).end());
    const error = await get(server.url).catch((thrown: unknown) => thrown);
    expect(isFlowError(error) && error.details.processed).toBe(processed);
  });

  test('reads a compressed answer, and stops one that grows too large', async () => {
    server = await startTestServer(({ url }, response) => {
      const body = url === '/bomb' ? Buffer.alloc(20 << 20, ' ') : Buffer.from('{"zipped":true}');
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(body));
    });
    expect((await get(`${server.url}/small`)).emits).toMatchObject([{ payload: { body: { zipped: true } } }]);
    expect(await codeOf(get(`${server.url}/bomb`))).toBe('DATA_RESULT_TOO_LARGE');
  });

  test('keeps the excerpt of a long refusal short', async () => {
    server = await startTestServer((_request, response) => void response.writeHead(400).end('x'.repeat(100_000)));
    const error = await get(server.url).catch((thrown: unknown) => thrown);
    expect(isFlowError(error, 'REMOTE_REJECTED') && String(error.details.excerpt).length).toBe(501);
  });
});
