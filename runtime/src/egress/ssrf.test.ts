import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CLOUD_METADATA } from '@crossdock/api-contract';
import type { HttpCall } from '@crossdock/connector-sdk';
import { isFlowError } from '@crossdock/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEgress, createGuardedConnect, type Resolve } from './index.ts';
import { SSRF_CASES } from './ssrf-corpus.testing.ts';

const INTERNET = '127.0.0.2';
let victim: Server;
let open: Server;
let hits: string[];
let redirect: { status: number; location: string } | undefined;

beforeAll(async () => {
  victim = await serve('127.0.0.1', ({ url }, answer) => {
    hits.push(`victim ${url}`);
    answer.end('secret');
  });
  open = await serve(INTERNET, ({ url, headers }, answer) => {
    hits.push(`open ${url} ${headers.authorization ?? ''}${headers['x-api-key'] ?? ''}`);
    if (redirect && url === '/') answer.writeHead(redirect.status, { location: redirect.location }).end();
    else answer.end('public');
  });
});
afterAll(() => {
  for (const server of [victim, open]) server.close().closeAllConnections();
});
beforeEach(() => {
  hits = [];
  redirect = undefined;
});

async function serve(host: string, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const filled = (text: string) => text.replace('{port}', String(portOf(victim))).replace('{open}', String(portOf(open)));

/** Answers every name with the next of these lists. */
function resolver(answers: readonly (readonly string[])[] = []): Resolve {
  const left = [...answers];
  return async () => {
    const [now = []] = left;
    if (left.length > 1) left.shift();
    return now.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
}

const egressWith = (answers?: readonly (readonly string[])[]) =>
  createEgress({ allow: [`${INTERNET}/32`], nat64: ['2a00:64:64::/96'], resolve: resolver(answers) })('prod');

const call = (url: string, change: Partial<HttpCall> = {}): HttpCall => ({
  method: 'GET',
  url,
  headers: { authorization: 'Bearer t', 'x-api-key': 'k' },
  signal: AbortSignal.timeout(20_000),
  maxBytes: 1000,
  ...change,
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => 'through',
    (thrown: unknown) => thrown,
  );
  return isFlowError(error) ? error.code : String(error);
}

describe('the corpus of forged requests', () => {
  test.each(SSRF_CASES)('$title', async ({ url, answers, redirect: given, code = 'CONFIG_EGRESS_BLOCKED' }) => {
    redirect = given && { ...given, location: filled(given.location) };
    const result = codeOf(egressWith(answers)(call(filled(url), { method: given?.method ?? 'GET' })));
    expect(await result).toBe(code);
    expect(hits.filter((hit) => hit.startsWith('victim'))).toEqual([]);
    // What is asked of the stand-in is asked before the redirect alone.
    expect(hits).toHaveLength(given ? 1 : 0);
  });

  test('holds at least 60 cases, each once', () => {
    expect(new Set(SSRF_CASES.map(({ title }) => title)).size).toBe(SSRF_CASES.length);
    expect(SSRF_CASES.length).toBeGreaterThanOrEqual(60);
  });

  test.each(SSRF_CASES.filter(({ redirect }) => !redirect).map((one) => ({ ...one, title: `a socket: ${one.title}` })))(
    '$title',
    async ({ url, answers }) => {
      const target = /^\w+:\/\/([^/@]+?)(?::(\{port\}|\d+))?\/$/.exec(url.replaceAll(/[\t\n]/g, ''));
      const [, host = '127.0.0.1', port = '{port}'] = target ?? [];
      // Ports of mail are what sockets are for.
      if (/^93\./.test(host)) return;
      const connect = createGuardedConnect({
        allow: [`${INTERNET}/32`],
        nat64: ['2a00:64:64::/96'],
        resolve: resolver(answers ?? [['127.0.0.1']]),
      });
      const opening = connect('prod')({ host, port: Number(filled(port)), signal: AbortSignal.timeout(20_000) });
      expect(['CONFIG_EGRESS_BLOCKED', 'REMOTE_UNAVAILABLE']).toContain(await codeOf(opening));
      expect(hits).toEqual([]);
    },
  );
});

describe('names that change', () => {
  test('what was checked is what is connected to: the second answer of a rebinding name counts for nothing', async () => {
    const http = egressWith([[INTERNET], ['127.0.0.1']]);
    expect((await http(call(`http://shop.example:${portOf(open)}/first`))).status).toBe(200);
    expect(hits).toEqual(['open /first Bearer tk']);
  });

  test('a new connection is checked again', async () => {
    const answers = [[INTERNET], ['127.0.0.1']];
    const http = egressWith(answers);
    expect(await codeOf(http(call(`http://shop.example:${portOf(open)}/`)))).toBe('through');
    expect(await codeOf(http(call(`http://shop.example:${portOf(victim)}/`)))).toBe('CONFIG_EGRESS_BLOCKED');
  });

  test('a redirect to the same name asks again, and connects to what was checked', async () => {
    redirect = { status: 302, location: `http://shop.example:${portOf(victim)}/` };
    const http = egressWith([[INTERNET], ['127.0.0.1']]);
    expect(await codeOf(http(call(`http://shop.example:${portOf(open)}/`)))).toBe('CONFIG_EGRESS_BLOCKED');
    expect(hits.some((hit) => hit.startsWith('victim'))).toBe(false);
  });

  test('a host allowed by name may be private, but not metadata', async () => {
    const allow = ['erp.internal', `gate.internal:${portOf(victim)}`];
    const at = (answer: string) => createEgress({ allow, resolve: resolver([[answer]]) })('prod');
    for (const host of ['erp.internal', 'ERP.internal.', 'gate.internal'])
      expect((await at('127.0.0.1')(call(`http://${host}:${portOf(victim)}/`))).status).toBe(200);
    for (const answer of [...CLOUD_METADATA, 'fe80::1', '224.0.0.1', '::ffff:a9fe:a9fe'])
      expect(await codeOf(at(answer)(call(`http://erp.internal:${portOf(victim)}/`)))).toBe('CONFIG_EGRESS_BLOCKED');
    expect(await codeOf(at('127.0.0.1')(call(`http://gate.internal:${portOf(open)}/`)))).toBe('CONFIG_EGRESS_BLOCKED');
    expect(await codeOf(at('127.0.0.1')(call(`http://other.internal:${portOf(victim)}/`)))).toBe(
      'CONFIG_EGRESS_BLOCKED',
    );
  });
});

describe('what may be called', () => {
  test('goes through by address and by name, with its credentials', async () => {
    for (const host of [INTERNET, 'shop.example', 'shop.example.', '127.2'])
      expect(await codeOf(egressWith([[INTERNET]])(call(`http://${host}:${portOf(open)}/x`)))).toBe('through');
    expect(new Set(hits)).toEqual(new Set(['open /x Bearer tk']));
  });

  test('credentials, keys and bodies of one origin do not follow a redirect to another', async () => {
    redirect = { status: 302, location: `http://shop.example:${portOf(open)}/there` };
    await egressWith([[INTERNET]])(call(`http://127.0.0.2:${portOf(open)}/`));
    expect(hits).toEqual(['open / Bearer tk', 'open /there ']);
  });

  test('proxies of the environment are not asked', async () => {
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => [name, process.env[name]] as const);
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : `http://127.0.0.1:${portOf(victim)}`;
    try {
      expect((await egressWith([[INTERNET]])(call(`http://shop.example:${portOf(open)}/x`))).status).toBe(200);
    } finally {
      for (const [name, value] of before)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
    expect(hits).toEqual(['open /x Bearer tk']);
  });

  test('an environment may allow more than others, and less again at once', async () => {
    let own: readonly string[] = [];
    const egress = createEgress({ allow: [], allowIn: (env) => (env === 'test' ? own : []) });
    const url = `http://127.0.0.1:${portOf(victim)}/`;
    expect(await codeOf(egress('test')(call(url)))).toBe('CONFIG_EGRESS_BLOCKED');
    own = ['127.0.0.1'];
    expect(await codeOf(egress('test')(call(url)))).toBe('through');
    expect(await codeOf(egress('prod')(call(url)))).toBe('CONFIG_EGRESS_BLOCKED');
    own = [];
    expect(await codeOf(egress('test')(call(url)))).toBe('CONFIG_EGRESS_BLOCKED');
  });

  test('a guarded socket is connected when it is handed on', async () => {
    const connect = createGuardedConnect({ allow: [INTERNET], resolve: resolver([[INTERNET]]) })('prod');
    const socket = await connect({ host: INTERNET, port: portOf(open), signal: AbortSignal.timeout(20_000) });
    expect(socket.remoteAddress).toBe(INTERNET);
    socket.destroy();
  });
});
