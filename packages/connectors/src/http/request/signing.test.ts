import { runNodeForTest, startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';
import { createVerifier } from '@crossdock/signatures';
import { afterEach, expect, test } from 'vitest';
import { httpRequest } from './manifest.ts';
import { runHttpRequest } from './run.ts';

// The secret of Standard Webhooks' own test vector.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let server: TestServer | undefined;
afterEach(() => server?.close());

const connection = (url: string, credentials: Record<string, string>) => ({
  ...{ id: 'c1', env: 'dev', name: 'partner', type: 'http', version: 1, credentials, hosts: [url] },
  ...{ settings: { baseUrl: url, auth: 'none' }, memory: new Map() },
});

test('every attempt is signed anew under the same id, and our own hooks would take it', async () => {
  server = await startTestServer((_request, response) => void response.writeHead(204).end());
  const { url } = server;
  const options = {
    config: { method: 'POST', url: '/events', body: '= $', signing: 'standard-webhooks' },
    input: { note: 'grüße', sum: '12345678901234567890' },
    connection: connection(url, { signingSecret: secret }),
  };
  await runNodeForTest(httpRequest, runHttpRequest, options);
  await runNodeForTest(httpRequest, runHttpRequest, options);
  expect(server.requests).toHaveLength(2);
  const verifier = createVerifier({ scheme: 'standard-webhooks', secrets: [secret] });
  for (const { headers, body } of server.requests) {
    const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const check = verifier({ headers: lists, query: new URLSearchParams(), nowMs: Date.now() });
    const verdictOf = (text: string) => (typeof check === 'function' ? check(Buffer.from(text)) : check);
    expect(verdictOf(body)).toEqual({ ok: true, once: headers['idempotency-key'] });
    expect(verdictOf(`${body} `).ok).toBe(false);
  }
});

test.each([
  ['without a connection', undefined, 'CONFIG_MISSING'],
  ['with a connection that has no signing secret', {}, 'CONFIG_CREDENTIALS_MISSING'],
] as const)('nothing is sent %s', async (_what, credentials, code) => {
  server = await startTestServer((_request, response) => void response.end());
  const { url } = server;
  const run = runNodeForTest(httpRequest, runHttpRequest, {
    config: { method: 'POST', url: `${url}/events`, signing: 'standard-webhooks' },
    ...(credentials ? { connection: connection(url, credentials) } : {}),
  });
  await expect(run).rejects.toMatchObject({ code });
  expect(server.requests).toEqual([]);
});
