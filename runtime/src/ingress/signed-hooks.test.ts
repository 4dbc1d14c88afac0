import { createHmac, randomBytes } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Bus, connectBus, openWorkerSide } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import type { Lease, TriggerRecord } from '@crossdock/engine';
import type { FlowSettings } from '@crossdock/flow-model';
import { type Scheme, signStandard } from '@crossdock/signatures';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnections } from '../connections/index.ts';
import { createMetrics } from '../metrics.ts';
import { openKeyRing, openVault, sealCredentials } from '../vault/index.ts';
import { createIngress } from './index.ts';

const SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const OLD_SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const ring = openKeyRing(randomBytes(32));
const vault = openVault({ secretKey: randomBytes(32) });
const metrics = createMetrics();
const logged: Record<string, unknown>[] = [];
const accepted = new Map<string, TriggerRecord>();
let version = 0;
let markers = 0;
let server: TestNatsServer;
let bus: Bus;
let stopWorker: () => Promise<void>;
/** Two ingresses of one installation, each with a connection of its own. */
const buses: Bus[] = [];
const servers: Server[] = [];
const bases: string[] = [];

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  await putSecret('shop', { secret: SECRET, previousSecret: OLD_SECRET });
  await putSecret('login', { secret: SECRET }, { kind: 'password', user: 'shop' });
  for (const scheme of Object.keys(senders) as Scheme[]) await deploy(scheme, { authentication: scheme });
  await deploy('in-query', { authentication: 'api-key', apiKeyIn: 'query', apiKeyName: 'key' });
  await deploy('renamed', { authentication: 'shopify', signatureHeader: 'X-ShipHero-Hmac-Sha256' });
  await deploy('each', { authentication: 'github', sameAgain: 'each' });
  await deploy('keyed', { authentication: 'shopify' }, { dedupeKey: "$meta.headers.'x-event' & id" });
  await deploy('ordered', { authentication: 'standard-webhooks' }, { orderingKey: "$meta.headers.'x-lane'" });
  await deploy('homeless', { authentication: 'shopify' }, {}, 'nowhere');
  await deploy('nameless', { authentication: 'shopify' }, {}, undefined);
  await deploy('strange', { authentication: 'from-the-future' });
  await deploy('small', { maxBodyBytes: 100 });
  await deploy('slow', { requestsPerSecond: 0.05, burst: 2 });
  await deploy('slow-signed', { authentication: 'github', requestsPerSecond: 0.05, burst: 1 });
  const side = openWorkerSide(bus);
  const { stop } = await side.consumeLeases({ concurrency: 16 }, async (lease: Lease) => {
    const trigger = await lease.trigger?.();
    if (trigger) accepted.set(trigger.executionId, trigger);
    lease.ack();
  });
  stopWorker = () => stop(1_000);
  for (let at = 0; at < 2; at++) await startIngress();
});

afterAll(async () => {
  await stopWorker();
  for (const http of servers) await new Promise((resolve) => http.close(resolve));
  for (const one of buses) await one.close();
  await bus.close();
  await server.stop();
});

interface Sent {
  headers: Record<string, string>;
  query?: string;
}
const hmac = (secret: string, encoding: 'hex' | 'base64', ...parts: string[]) => {
  const one = createHmac('sha256', secret);
  for (const part of parts) one.update(part);
  return one.digest(encoding);
};
let ids = 0;
const senders: Record<Scheme, (body: string, secret: string) => Sent> = {
  'standard-webhooks': (body, secret) => ({
    headers: signStandard({ id: `msg_${++ids}`, body, nowMs: Date.now() }, [secret]),
  }),
  shopify: (body, secret) => ({ headers: { 'X-Shopify-Hmac-Sha256': hmac(secret, 'base64', body) } }),
  github: (body, secret) => ({ headers: { 'X-Hub-Signature-256': `sha256=${hmac(secret, 'hex', body)}` } }),
  stripe: (body, secret) => {
    const seconds = String(Math.floor(Date.now() / 1000));
    return { headers: { 'Stripe-Signature': `t=${seconds},v1=${hmac(secret, 'hex', `${seconds}.`, body)}` } };
  },
  woocommerce: (body, secret) => ({ headers: { 'X-WC-Webhook-Signature': hmac(secret, 'base64', body) } }),
  basic: (_body, secret) => ({
    headers: { Authorization: `Basic ${Buffer.from(`shop:${secret}`).toString('base64')}` },
  }),
  bearer: (_body, secret) => ({ headers: { Authorization: `Bearer ${secret}` } }),
  'api-key': (_body, secret) => ({ headers: { 'X-API-Key': secret } }),
};
const schemes = Object.keys(senders) as Scheme[];
const signing = ['standard-webhooks', 'shopify', 'github', 'stripe', 'woocommerce'] as const;

describe.each(schemes)('a hook with %s', (scheme) => {
  const send = senders[scheme];

  it('takes what its sender sends, and keeps nothing of the proof', async () => {
    const body = fresh();
    const sent = send(body, SECRET);
    const response = await post(scheme, body, sent);
    expect(response.status).toBe(202);
    const trigger = await triggerOf(await idOf(response));
    expect(trigger.payload).toEqual(JSON.parse(body));
    const proof = String(Object.values(sent.headers).at(-1));
    expect(JSON.stringify(trigger)).not.toContain(proof);
    expect(JSON.stringify(trigger)).not.toContain(SECRET);
  });

  it('refuses a wrong key, and a request without any, alike and without a trace of it', async () => {
    const before = await storedBy(scheme);
    const wrong = await post(scheme, fresh(), send(fresh(), `whsec_${randomBytes(24).toString('base64')}`));
    const without = await post(scheme, fresh(), { headers: {} });
    for (const response of [wrong, without]) {
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBeTruthy();
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
    const [a, b] = [await wrong.json(), await without.json()];
    expect(a).toEqual(b);
    expect(a).toMatchObject({ status: 401, code: 'API_HOOK_REFUSED' });
    expect(await storedBy(scheme)).toBe(before);
  });

  if (scheme !== 'basic')
    it('takes the previous secret while both count', async () => {
      const body = fresh();
      expect((await post(scheme, body, send(body, OLD_SECRET))).status).toBe(202);
    });
});

describe.each(signing)('a hook that %s signs for', (scheme) => {
  const send = senders[scheme];

  it('refuses a body that was changed, also by one space, before it is read as JSON', async () => {
    const body = fresh();
    const sent = send(body, SECRET);
    expect((await post(scheme, `${body} `, sent)).status).toBe(401);
    expect((await post(scheme, '{"broken', sent)).status).toBe(401);
    expect((await post(scheme, body.replace('{', '{"__proto__":1,'), sent)).status).toBe(401);
  });

  it('does the same request once, at whichever ingress it comes again, and answers it alike', async () => {
    const body = fresh();
    const sent = send(body, SECRET);
    const before = await storedBy(scheme);
    const responses = await Promise.all([0, 1, 0, 1].map((at) => post(scheme, body, sent, at)));
    expect(responses.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(new Set(await Promise.all(responses.map(idOf))).size).toBe(1);
    expect(await storedBy(scheme)).toBe(before + 1);
  });

  it('checks the body as it was before it was packed', async () => {
    const body = fresh();
    const { headers } = send(body, SECRET);
    const response = await post(scheme, gzipSync(body), { headers: { ...headers, 'content-encoding': 'gzip' } });
    expect(response.status).toBe(202);
  });

  it('takes nothing from the query, which nobody signed', async () => {
    const sent = send('', SECRET);
    const response = await post(scheme, '', {
      headers: { ...sent.headers, 'content-type': 'text/plain' },
      query: 'a=1',
    });
    expect(response.status).toBe(202);
    expect((await triggerOf(await idOf(response))).payload).toBeNull();
  });
});

describe('a signed time', () => {
  it.each([-400, 400])('%d s away is refused', async (offset) => {
    const body = fresh();
    const nowMs = Date.now() + offset * 1000;
    const standard = { headers: signStandard({ id: 'msg_late', body, nowMs }, [SECRET]) };
    expect((await post('standard-webhooks', body, standard)).status).toBe(401);
    const t = Math.floor(nowMs / 1000);
    const stripe = { headers: { 'stripe-signature': `t=${t},v1=${hmac(SECRET, 'hex', `${t}.`, body)}` } };
    expect((await post('stripe', body, stripe)).status).toBe(401);
  });

  it('of a new attempt with the same id is the same execution', async () => {
    const body = fresh();
    const attempt = (nowMs: number) =>
      post('standard-webhooks', body, { headers: signStandard({ id: 'msg_retried', body, nowMs }, [SECRET]) });
    const [first, second] = [await attempt(Date.now() - 60_000), await attempt(Date.now())];
    expect(await idOf(second)).toBe(await idOf(first));
  });
});

describe('the same request again', () => {
  it('is the same execution even where the flow makes its key of headers that nobody signed', async () => {
    const body = fresh();
    const { headers } = senders.shopify(body, SECRET);
    const responses = await Promise.all(
      ['a', 'b', 'c'].map((event, at) => post('keyed', body, { headers: { ...headers, 'X-Event': event } }, at % 2)),
    );
    expect(new Set(await Promise.all(responses.map(idOf))).size).toBe(1);
  });

  it('keeps to the dedupe key of its flow for other bodies', async () => {
    const send = (body: string) =>
      post('keyed', body, { headers: { ...senders.shopify(body, SECRET).headers, 'X-Event': 'e' } });
    const [a, b, c] = [await send('{"id":"k1"}'), await send('{"id":"k1" }'), await send('{"id":"k2"}')];
    expect(await idOf(b)).toBe(await idOf(a));
    expect(await idOf(c)).not.toBe(await idOf(a));
  });

  it('is the same execution even where the flow orders by headers that nobody signed', async () => {
    const body = fresh();
    const { headers } = senders['standard-webhooks'](body, SECRET);
    const send = (lane: string, at: number) => post('ordered', body, { headers: { ...headers, 'X-Lane': lane } }, at);
    const [a, b] = [await send('one', 0), await send('two', 1)];
    expect(await idOf(b)).toBe(await idOf(a));
  });

  it('is another execution where its hook says so', async () => {
    const sent = senders.github('{}', SECRET);
    const [a, b] = [await post('each', '{}', sent), await post('each', '{}', sent)];
    expect(await idOf(b)).not.toBe(await idOf(a));
  });
});

describe('a sender that does it differently', () => {
  it('may use another header', async () => {
    const body = fresh();
    const header = { 'X-ShipHero-Hmac-Sha256': hmac(SECRET, 'base64', body) };
    expect((await post('renamed', body, { headers: header })).status).toBe(202);
    expect((await post('renamed', body, senders.shopify(body, SECRET))).status).toBe(401);
  });

  it('may put its key into the query, from where it goes nowhere', async () => {
    const query = `a=1&key=${encodeURIComponent(SECRET)}&b=2`;
    const response = await post('in-query', '{}', { headers: {}, query });
    expect(response.status).toBe(202);
    const trigger = await triggerOf(await idOf(response));
    expect(trigger.headers['x-crossdock-query']).toBe('a=1&b=2');
    expect((await post('in-query', '{}', { headers: {}, query: 'a=1' })).status).toBe(401);
  });
});

describe('a hook that cannot check', () => {
  it.each([
    ['homeless', 'nowhere', /nowhere.*dev|dev.*nowhere/],
    ['nameless', '', /dev/],
    ['strange', '', /from-the-future/],
  ])('"%s" takes nothing, and the log names flow, environment and connection', async (flow, connection, reason) => {
    const body = fresh();
    const response = await post(flow, body, senders.shopify(body, SECRET));
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    const text = await response.text();
    expect(text).toContain('API_HOOK_NOT_READY');
    expect(text).not.toContain('nowhere');
    const line = logged.find(({ flowId, msg }) => flowId === flow && msg === 'a hook cannot check its requests');
    expect(line).toMatchObject({ env: 'dev', flowId: flow, connection });
    expect(line?.reason).toMatch(reason);
  });

  it('takes requests as soon as its connection is there, and none with a secret that was changed', async () => {
    await putSecret('nowhere', { secret: SECRET });
    const body = fresh();
    const send = async (secret: string) => (await post('homeless', body, senders.shopify(body, secret))).status;
    await expect.poll(() => send(SECRET), { timeout: 10_000 }).toBe(202);
    await putSecret('nowhere', { secret: OLD_SECRET });
    await expect.poll(() => send(OLD_SECRET), { timeout: 10_000 }).toBe(202);
    expect(await send(SECRET)).toBe(401);
    await bus.registry.deleteConnection('dev', 'nowhere');
    await expect.poll(() => send(OLD_SECRET), { timeout: 10_000 }).toBe(503);
  });

  it('loses nothing: what got 503 is taken when it comes again', async () => {
    const body = fresh();
    const sent = senders['standard-webhooks'](body, SECRET);
    await server.kill();
    expect((await post('standard-webhooks', body, sent)).status).toBe(503);
    await server.restart();
    await expect.poll(async () => (await post('standard-webhooks', body, sent)).status, { timeout: 20_000 }).toBe(202);
    const id = await idOf(await post('standard-webhooks', body, sent, 1));
    expect((await triggerOf(id)).payload).toEqual(JSON.parse(body));
  });
});

describe('the limits of a hook', () => {
  it('413 before the body has come', async () => {
    expect((await post('small', `"${'x'.repeat(200)}"`, { headers: {} })).status).toBe(413);
    expect((await post('small', '"x"', { headers: {} })).status).toBe(202);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': '1000000' };
      const request = httpRequest(`${bases[0]}/dev/small`, { method: 'POST', headers });
      request.once('response', (response) => {
        response.resume();
        resolve(response.statusCode);
        request.destroy();
      });
      request.once('error', reject);
      request.write('"');
    });
    expect(status).toBe(413);
  });

  it('429 with Retry-After for what is more than the burst', async () => {
    const responses = [];
    for (let at = 0; at < 3; at++) responses.push(await post('slow', '{}', { headers: {} }));
    expect(responses.map(({ status }) => status)).toEqual([202, 202, 429]);
    expect(Number(responses[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await responses[2]?.json()).toMatchObject({ code: 'API_RATE_LIMITED' });
  });

  it('what others send does not use up what the sender may, nor does a deployment elsewhere give more', async () => {
    for (let at = 0; at < 5; at++) {
      const body = fresh();
      expect((await post('slow-signed', body, senders.github(body, 'of someone else'))).status).toBe(401);
    }
    const send = async () => {
      const body = fresh();
      return (await post('slow-signed', body, senders.github(body, SECRET))).status;
    };
    expect(await send()).toBe(202);
    expect(await send()).toBe(429);
    await deploy('elsewhere', {});
    expect((await post('elsewhere', '{}', { headers: {} })).status).toBe(202);
    expect(await send()).toBe(429);
  });
});

it('refusals are counted by hook and reason, and their log names the reason', async () => {
  const counts = (await metrics.snapshot()).find(({ name }) => name === 'crossdock_hook_refused_total')?.values ?? [];
  const counted = (flow: string, reason: string) =>
    counts.find(({ labels }) => labels.flow === flow && labels.reason === reason)?.value ?? 0;
  for (const scheme of schemes) {
    expect(counted(scheme, 'missing')).toBeGreaterThan(0);
    expect(counted(scheme, 'mismatch')).toBeGreaterThan(0);
  }
  expect(counted('standard-webhooks', 'late')).toBe(1);
  expect(counted('stripe', 'early')).toBe(1);
  expect(counted('homeless', 'not-ready')).toBeGreaterThan(0);
  expect(counted('slow', 'limited')).toBe(1);
  expect(logged).toContainEqual(expect.objectContaining({ flowId: 'shopify', reason: 'mismatch' }));
  expect(JSON.stringify(logged)).not.toContain(SECRET);
});

it('refusals are told to the read model, as often as the metric counts them', async () => {
  const told = new Map<string, number>();
  const stop = await bus.feed.consume({ maxBatch: 500, maxWaitMs: 20 }, async (records) => {
    for (const { kind, record } of records)
      if (kind === 'refusal') told.set(JSON.stringify(record, ['flowId', 'reason', 'source', 'minute']), record.count);
  });
  const sumOf = (flowId: string, reason: string) =>
    [...told].reduce((sum, [key, count]) => {
      const of = JSON.parse(key);
      return of.flowId === flowId && of.reason === reason ? sum + count : sum;
    }, 0);
  const values = (await metrics.snapshot()).find(({ name }) => name === 'crossdock_hook_refused_total')?.values ?? [];
  for (const { labels, value } of values)
    await expect.poll(() => sumOf(String(labels.flow), String(labels.reason)), { timeout: 10_000 }).toBe(value);
  await stop();
});

let bodies = 0;
const fresh = (): string => JSON.stringify({ id: `o-${++bodies}`, note: 'grüße' });

function post(flow: string, body: string | Buffer, { headers, query }: Sent, at = 0): Promise<Response> {
  return fetch(`${bases[at]}/dev/${flow}${query === undefined ? '' : `?${query}`}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

async function idOf(response: Response): Promise<string> {
  const text = await response.clone().text();
  expect(text).toContain('executionId');
  return (JSON.parse(text) as { executionId: string }).executionId;
}

async function triggerOf(executionId: string): Promise<TriggerRecord> {
  await expect.poll(() => accepted.has(executionId), { timeout: 20_000 }).toBe(true);
  return accepted.get(executionId) as TriggerRecord;
}

/** How many requests of this hook were stored until now, by what a last one finds before it. */
async function storedBy(scheme: Scheme): Promise<number> {
  const body = fresh();
  await triggerOf(await idOf(await post(scheme, body, senders[scheme](body, SECRET))));
  markers++;
  return [...accepted.values()].filter(({ flowId }) => flowId === scheme).length - markers;
}

async function putSecret(
  name: string,
  credentials: Record<string, string>,
  settings: Record<string, unknown> = {},
): Promise<void> {
  const owner = { env: 'dev', id: `c-${name}`, name, type: 'hook-secret', hosts: [] };
  const { hosts: _none, ...head } = owner;
  await bus.registry.putConnection({
    ...head,
    version: ++version,
    settings,
    sealed: sealCredentials(ring, owner, credentials),
  });
}

async function deploy(
  id: string,
  config: Record<string, unknown>,
  settings: FlowSettings = {},
  connection: string | undefined = config.authentication === 'basic' ? 'login' : 'shop',
): Promise<void> {
  const isNamed = connection !== undefined && config.authentication !== undefined && id !== 'nameless';
  await bus.registry.putRevision(id, 1, {
    formatVersion: 1,
    id,
    name: id,
    nodes: [
      {
        id: 'hook',
        type: 'webhook',
        config: { path: id, contentTypes: ['*/*'], ...config },
        ...(isNamed ? { connection } : {}),
      },
    ],
    edges: [],
    settings,
  });
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: `d-${id}`, env: 'dev', flowId: id, revision: 1, deployedAt });
}

async function startIngress(): Promise<void> {
  const own = await connectBus({ servers: server.url, replicas: 1, name: 'ingress' });
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const ingress = createIngress({
    ...{ bus: own, seal: vault, secrets: openConnections(own.registry, ring), log, metrics },
    ...{ maxBodyBytes: 50_000, isStopping: () => false },
  });
  const http = createServer((request, response) => {
    request.url = `/hooks${request.url}`;
    ingress(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  buses.push(own);
  servers.push(http);
  bases.push(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
}
