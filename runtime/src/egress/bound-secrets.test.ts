import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BoundSecrets, HttpCall } from '@crossdock/connector-sdk';
import { isFlowError } from '@crossdock/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { createEgress } from './egress.ts';

const CANARY = 'canary "4711"/ü+';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const http = createEgress({ allow: ['127.0.0.1'] })('dev');
const call = (url: string, hosts: string[], secrets: Partial<BoundSecrets> = {}): HttpCall => ({
  method: 'GET',
  url,
  headers: { Authorization: 'of the flow' },
  signal: AbortSignal.timeout(10_000),
  maxBytes: 1_000_000,
  secrets: {
    connection: 'erp',
    hosts,
    headers: { authorization: 'Bearer t' },
    query: {},
    values: [CANARY],
    ...secrets,
  },
});
const errorOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return isFlowError(error) ? error : undefined;
};

describe('the credentials of a connection', () => {
  test('go to its hosts, also behind a redirect there', async () => {
    const seen: (string | undefined)[] = [];
    const host = await serve((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      if (request.url?.startsWith('/old')) response.writeHead(307, { location: '/new' }).end();
      else response.end('ok');
    });
    await http(call(`${host}/old`, [host], { query: { key: 'k' } }));
    expect(seen).toEqual(['/old?key=k Bearer t', '/new?key=k Bearer t']);
  });

  test.each([301, 302, 303, 307, 308])(
    'do not follow a redirect (%i) to another host: the call ends',
    async (status) => {
      let reached = 0;
      const other = await serve((_request, response) => {
        reached++;
        response.end();
      });
      const host = await serve((_request, response) => response.writeHead(status, { location: `${other}/x` }).end());
      const error = await errorOf(http(call(`${host}/`, [host])));
      expect(error?.code).toBe('CONFIG_CONNECTION_HOST');
      expect(error?.message).toContain(host);
      expect(error?.message).toContain(other);
      expect(reached).toBe(0);
    },
  );

  test('do not go to another port or scheme of the same name', async () => {
    const host = await serve((_request, response) => response.end());
    for (const named of ['http://127.0.0.1:1', host.replace('http:', 'https:')])
      expect((await errorOf(http(call(host, [named]))))?.code).toBe('CONFIG_CONNECTION_HOST');
  });

  test('are dots wherever an answer quotes them, and the rest stays as it was', async () => {
    const forms = [CANARY, JSON.stringify(CANARY), encodeURIComponent(CANARY), Buffer.from(CANARY).toString('base64')];
    const odd = Buffer.from([0xff, 0x00, 0xe4]);
    const host = await serve((_request, response) => {
      response.writeHead(200, { 'x-echo': encodeURIComponent(CANARY) });
      response.end(Buffer.concat([odd, Buffer.from(forms.join('|')), odd]));
    });
    const { body, headers } = await http(call(host, [host]));
    expect(Buffer.from(body)).toEqual(Buffer.concat([odd, Buffer.from('•••|"•••"|•••|•••='), odd]));
    expect(headers['x-echo']).toBe('•••');
  });

  test('leave an answer alone that does not quote them', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const host = await serve((_request, response) => response.end(bytes));
    expect(Buffer.from((await http(call(host, [host]))).body)).toEqual(bytes);
  });

  test('are in no error', async () => {
    const host = await serve((request) => request.socket.destroy());
    const secrets = { headers: { authorization: `Bearer ${CANARY}\n` }, query: { key: CANARY } };
    for (const given of [{}, secrets]) {
      const error = await errorOf(http(call(host, [host], given)));
      expect(error).toBeDefined();
      expect(`${error?.stack} ${JSON.stringify(error?.details)} ${String(error?.cause)}`).not.toContain('canary');
    }
  });
});
