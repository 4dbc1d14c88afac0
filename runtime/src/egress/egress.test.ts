import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { HttpCall } from '@crossdock/connector-sdk';
import { isFlowError } from '@crossdock/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { addressRules } from './address-rules.ts';
import { createEgress } from './egress.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const call = (url: string, change: Partial<HttpCall> = {}): HttpCall => ({
  method: 'GET',
  url,
  headers: {},
  signal: AbortSignal.timeout(5000),
  maxBytes: 1_000_000,
  ...change,
});

async function reachedOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.catch((thrown: unknown) => thrown);
  return isFlowError(error) ? (error.details.reached ?? 'perhaps') : 'no error';
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => 'no error',
    (thrown: unknown) => thrown,
  );
  return isFlowError(error) ? error.code : String(error);
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('the egress guard', () => {
  const http = createEgress({ allow: [] })('prod');

  test.each([
    'http://127.0.0.1:1/',
    'http://127.1:1/',
    'http://2130706433:1/',
    'http://0x7f.1:1/',
    'http://0.0.0.0:1/',
    'http://[::1]:1/',
    'http://[::]:1/',
    'http://[::ffff:127.0.0.1]:1/',
    'http://[64:ff9b::7f00:1]:1/',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/',
    'http://localhost:1/',
  ])('refuses %s', async (url) => {
    expect(await codeOf(http(call(url)))).toBe('CONFIG_EGRESS_BLOCKED');
  });

  test.each(['ftp://example.test/', 'file:///etc/passwd', 'orders', 'http://ann:secret@example.test/'])(
    'refuses %s as a wrong URL',
    async (url) => {
      expect(await codeOf(http(call(url)))).toBe('CONFIG_INVALID');
    },
  );

  test('lets the sandbox be called in dev only', async () => {
    const host = await serve((_, answer) => answer.end('ok'));
    const egress = createEgress({ allow: [], sandboxHost: host });
    expect(text((await egress('dev')(call(`http://${host}/`))).body)).toBe('ok');
    expect(await codeOf(egress('test')(call(`http://${host}/`)))).toBe('CONFIG_EGRESS_BLOCKED');
    expect(await codeOf(egress('dev')(call('http://127.0.0.1:1/')))).toBe('CONFIG_EGRESS_BLOCKED');
  });

  test('lets what is allowed by name, port or range be called', async () => {
    const host = await serve((_, answer) => answer.end('ok'));
    const port = host.split(':')[1];
    for (const rule of [host, '127.0.0.1', '127.0.0.0/8', 'localhost', `LOCALHOST:${port}`]) {
      const name = rule.toLowerCase().startsWith('localhost') ? 'localhost' : '127.0.0.1';
      const answer = await createEgress({ allow: [rule] })('prod')(call(`http://${name}:${port}/`));
      expect(answer.status).toBe(200);
    }
    const other = createEgress({ allow: ['127.0.0.1:1'] })('prod');
    expect(await codeOf(other(call(`http://${host}/`)))).toBe('CONFIG_EGRESS_BLOCKED');
  });

  test('lets public addresses be called, by any IPv4 or IPv6', () => {
    const rules = addressRules({ allow: [] });
    for (const address of ['1.1.1.1', '8.8.8.8', '2606:4700::1111'])
      expect(rules.allows(address, address, 443)).toBe(true);
    for (const address of ['100.64.0.1', '172.31.0.1', 'fd00::1', 'fe80::1', '2002:7f00:1::', '::ffff:10.0.0.1', 'erp'])
      expect(rules.allows(address, address, 443)).toBe(false);
    expect(addressRules({ allow: ['[fd00::1]:80'] }).allows('fd00::1', 'fd00::1', 80)).toBe(true);
    expect(addressRules({ allow: ['[fd00::1]:80'] }).allows('fd00::1', 'fd00::1', 81)).toBe(false);
  });
});

describe('a call', () => {
  const http = createEgress({ allow: ['127.0.0.0/8'] })('prod');

  test('sends method, headers and body, and gives status, headers and body', async () => {
    const host = await serve(async (request, answer) => {
      const body = await request.toArray();
      answer.writeHead(201, { 'Set-Cookie': ['a=1', 'b=2'], 'X-Method': request.method ?? '' });
      answer.end(`${request.headers['idempotency-key']} ${Buffer.concat(body)}`);
    });
    const answer = await http(
      call(`http://${host}/orders`, { method: 'POST', headers: { 'Idempotency-Key': 'k1' }, body: '{"a":1}' }),
    );
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ 'x-method': 'POST', 'set-cookie': 'a=1, b=2' });
    expect(text(answer.body)).toBe('k1 {"a":1}');
  });

  test('keeps its connections for the next calls', async () => {
    const ports = new Set<number | undefined>();
    const host = await serve((request, answer) => {
      ports.add(request.socket.remotePort);
      answer.end();
    });
    for (let i = 0; i < 10; i++) await http(call(`http://${host}/`));
    expect(ports.size).toBeLessThan(5);
  });

  test('decodes what is compressed and counts the decoded bytes', async () => {
    const host = await serve((_, answer) => {
      answer.setHeader('content-encoding', 'gzip');
      answer.end(gzipSync('a'.repeat(100_000)));
    });
    expect((await http(call(`http://${host}/`))).body.length).toBe(100_000);
    expect(await codeOf(http(call(`http://${host}/`, { maxBytes: 50_000 })))).toBe('DATA_RESULT_TOO_LARGE');
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('stops unpacking a bomb: %s', async (coding, pack) => {
    const bomb = pack(Buffer.alloc(8_000_000));
    const host = await serve((_, answer) => answer.setHeader('content-encoding', coding).end(bomb));
    const roomy = { maxBytes: 1_000_000_000 };
    // Within the size that was asked for, but out of all proportion.
    expect(await codeOf(http(call(`http://${host}/`, roomy)))).toBe('DATA_RESULT_TOO_LARGE');
    const plain = await serve((_, answer) => answer.end(Buffer.alloc(8_000_000)));
    expect((await http(call(`http://${plain}/`, roomy))).body.length).toBe(8_000_000);
  });

  test.each(['gzip, gzip', 'br, gzip', 'gzip,'.repeat(500), '__proto__', 'constructor'])(
    'undoes one known coding, not %s',
    async (coding) => {
      const host = await serve((_, answer) =>
        answer.setHeader('content-encoding', coding).end(gzipSync(gzipSync(Buffer.alloc(1000)))),
      );
      expect(await codeOf(http(call(`http://${host}/`)))).toBe('REMOTE_ANSWER_INVALID');
    },
  );

  test('takes so many headers, and so large ones', async () => {
    const many = await serve((_, answer) => {
      for (let no = 0; no < 300; no++) answer.setHeader(`x-${no}`, 'v');
      answer.end();
    });
    const large = await serve((_, answer) => answer.setHeader('x-large', 'v'.repeat(70_000)).end());
    expect(await codeOf(http(call(`http://${many}/`)))).toBe('REMOTE_ANSWER_INVALID');
    expect(await codeOf(http(call(`http://${large}/`)))).toBe('REMOTE_UNAVAILABLE');
  });

  test('takes no answer larger than asked for', async () => {
    const host = await serve((_, answer) => answer.end('a'.repeat(100_000)));
    expect(await codeOf(http(call(`http://${host}/`, { maxBytes: 1000 })))).toBe('DATA_RESULT_TOO_LARGE');
  });

  test('names an answer that cannot be decoded', async () => {
    const host = await serve((_, answer) => {
      answer.setHeader('content-encoding', 'gzip');
      answer.end('not gzip');
    });
    expect(await codeOf(http(call(`http://${host}/`)))).toBe('REMOTE_ANSWER_INVALID');
  });

  test('follows redirects of reads and drops credentials for another host', async () => {
    const seen: (string | undefined)[] = [];
    const target = await serve((request, answer) => {
      seen.push(request.headers.authorization);
      answer.end('there');
    });
    const host = await serve((request, answer) => {
      seen.push(request.headers.authorization);
      answer.writeHead(302, { location: request.url === '/' ? '/again' : `http://${target}/` }).end();
    });
    const answer = await http(call(`http://${host}/`, { headers: { Authorization: 'Bearer x' } }));
    expect(text(answer.body)).toBe('there');
    expect(seen).toEqual(['Bearer x', 'Bearer x', undefined]);
  });

  test('checks where a redirect leads', async () => {
    const host = await serve((_, answer) => answer.writeHead(302, { location: 'http://169.254.169.254/' }).end());
    expect(await codeOf(http(call(`http://${host}/`)))).toBe('CONFIG_EGRESS_BLOCKED');
  });

  test('never turns a POST into a GET, and repeats it on 307', async () => {
    const methods: (string | undefined)[] = [];
    const host = await serve((request, answer) => {
      methods.push(request.method);
      if (request.url === '/end') answer.end('end');
      else answer.writeHead(request.url === '/308' ? 307 : 302, { location: '/end' }).end();
    });
    expect((await http(call(`http://${host}/302`, { method: 'POST', body: 'x' }))).status).toBe(302);
    expect((await http(call(`http://${host}/308`, { method: 'POST', body: 'x' }))).status).toBe(200);
    expect(methods).toEqual(['POST', 'POST', 'POST']);
  });

  test('gives up after three redirects and hands the last one back', async () => {
    let requests = 0;
    const host = await serve((_, answer) => {
      requests++;
      answer.writeHead(302, { location: '/' }).end();
    });
    expect((await http(call(`http://${host}/`))).status).toBe(302);
    expect(requests).toBe(4);
  });

  test('names a system that is not there, that cuts the connection, or that does not resolve', async () => {
    const cutter = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => cutter.listen(0, '127.0.0.1', resolve));
    const { port } = cutter.address() as AddressInfo;
    expect(await codeOf(http(call(`http://127.0.0.1:${port}/`)))).toBe('REMOTE_UNAVAILABLE');
    cutter.close();
    expect(await codeOf(http(call(`http://127.0.0.1:${port}/`)))).toBe('REMOTE_UNAVAILABLE');
    expect(await codeOf(http(call('http://no-such-host.invalid/')))).toBe('REMOTE_UNAVAILABLE');
  });

  test('says when nothing was sent, and only then', async () => {
    const cutter = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => cutter.listen(0, '127.0.0.1', resolve));
    const { port } = cutter.address() as AddressInfo;
    const redirecting = await serve((_, answer) => answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    expect(await reachedOf(http(call(`http://127.0.0.1:${port}/`)))).toBe('perhaps');
    expect(await reachedOf(http(call(`https://127.0.0.1:${port}/`)))).toBe(false);
    cutter.close();
    expect(await reachedOf(http(call(`http://127.0.0.1:${port}/`)))).toBe(false);
    expect(await reachedOf(http(call('http://no-such-host.invalid/')))).toBe(false);
    expect(await reachedOf(http(call('http://10.0.0.1/')))).toBe(false);
    expect(await reachedOf(http(call(`http://${redirecting}/`)))).toBe('perhaps');
  });

  test('ends with its signal', async () => {
    const host = await serve(() => {});
    expect(await codeOf(http(call(`http://${host}/`, { signal: AbortSignal.timeout(100) })))).toBe('REMOTE_TIMEOUT');
  });

  test('names a header that cannot be sent', async () => {
    const host = await serve((_, answer) => answer.end());
    expect(await codeOf(http(call(`http://${host}/`, { headers: { 'bad header': 'x' } })))).toBe('CONFIG_INVALID');
  });
});
