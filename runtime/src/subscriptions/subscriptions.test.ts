import type { Connection, Subscription, SubscriptionFailure, SubscriptionTest } from '@crossdock/api-contract';
import type { CloudEvent } from '@crossdock/connector-sdk';
import { type ReceivedRequest, startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';
import { createVerifier } from '@crossdock/signatures';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../api/api-server.testing.ts';
import { createMetrics } from '../metrics.ts';
import { type Projector, startProjector } from '../projector/index.ts';
import { type Subscriptions, startSubscriptions } from './index.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BASE = '/api/v1/environments/dev/subscriptions';
const SOON = { timeout: 15_000, interval: 50 };

let server: ApiServer;
let projector: Projector;
let subscriptions: Subscriptions;
let receiver: TestServer;
/** What each path answers; 200 where nothing is said. */
const answers = new Map<string, (request: ReceivedRequest) => number>();

beforeAll(async () => {
  receiver = await startTestServer((request, response) => {
    response.writeHead(answers.get(request.url)?.(request) ?? 200).end();
  });
  server = await startApiServer();
  const log = pino({ level: 'silent' });
  projector = await startProjector({ ...server, log, metrics: createMetrics() });
  const short = { lookEveryMs: 50, firstRetryMs: 20 };
  subscriptions = startSubscriptions({ ...server, log, metrics: createMetrics(), ...short });
  await connect('dev');
});
afterAll(async () => {
  await subscriptions.stop();
  await projector.stop();
  await server.stop();
  await receiver.close();
});

const connect = (env: string) =>
  server.json<Connection>(201, 'POST', '/api/v1/connections', {
    ...{ env, name: 'partner', type: 'http', settings: { baseUrl: receiver.url, auth: 'none' } },
    credentials: { signingSecret: SECRET },
  });
const settingsOf = (name: string, filter: object = {}) => ({
  ...{ name, connection: 'partner', path: `/${name}`, filter, giveUpAfterHours: 1 },
});
const subscribe = (name: string, filter?: object) =>
  server.json<Subscription>(201, 'POST', BASE, { settings: settingsOf(name, filter) });
const act = (subscriptionId: string, what: string, body?: object) =>
  server.json<Subscription>(200, 'POST', `${BASE}/${subscriptionId}/${what}`, body);
const find = async (subscriptionId: string) =>
  (await server.json<{ items: Subscription[] }>(200, 'GET', BASE)).items.find(
    (one) => one.subscriptionId === subscriptionId,
  );
const remove = (subscriptionId: string) => server.json(204, 'DELETE', `${BASE}/${subscriptionId}`);
const failuresOf = async (subscriptionId: string) =>
  (await server.json<{ items: SubscriptionFailure[] }>(200, 'GET', `${BASE}/${subscriptionId}/failures`)).items;
const got = (name: string) => receiver.requests.filter(({ url }) => url === `/${name}`);
const idsAt = (name: string) => got(name).map(({ body }) => (JSON.parse(body) as CloudEvent).id);
const idOf = ({ body }: ReceivedRequest) => (JSON.parse(body) as CloudEvent).id;

function isSigned({ headers, body }: ReceivedRequest): boolean {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const verify = createVerifier({ scheme: 'standard-webhooks', secrets: [SECRET] });
  const check = verify({ headers: lists, query: new URLSearchParams(), nowMs: Date.now() });
  return typeof check === 'function' && check(Buffer.from(body)).ok;
}

function emit(key: string, id: string, more: Partial<CloudEvent> = {}): Promise<void> {
  const type = 'com.platform.order.validated.v1';
  const event = { specversion: '1.0', id, source: '//connections/test', type, time: new Date().toISOString() };
  const data = { orderKey: key, reportedBy: 'platform' };
  return server.bus.events.emit('dev', key, {
    ...{ ...event, partitionkey: key, datacontenttype: 'application/json', data },
    ...more,
  } as CloudEvent);
}
const receive = (key: string, channel: string, buyer: string) =>
  emit(key, `${key} received`, {
    type: 'com.platform.order.received.v1',
    data: {
      ...{ orderKey: key, channel, parties: [{ role: 'buyer', name: buyer }], reportedBy: 'channel' },
      lines: [{ lineKey: `${key}/1`, item: { sku: 'A' }, qty: { value: '1', uom: 'EA' } }],
    },
  });

describe('a subscription', () => {
  test('gets the events of its orders, signed, without what is masked', async () => {
    const { subscriptionId } = await subscribe('acme', { partners: ['Acme'], channels: ['shop'] });
    await receive('p1', 'shop', 'Acme');
    await receive('p2', 'edi', 'Acme');
    await receive('p3', 'shop', 'Other');
    const { v: masked } = server.vault.seal({ v: 'ann@example.test' }, { env: 'dev', mask: ['v'] }) as { v: unknown };
    await emit('p1', 'p1 noted', { type: 'com.acme.note.v1', data: { by: masked } });
    await expect.poll(() => idsAt('acme'), SOON).toEqual(['p1 received', 'p1 noted']);
    const [first, second] = got('acme');
    const { headers, body } = first as ReceivedRequest;
    expect(headers['content-type']).toBe('application/cloudevents+json');
    expect(isSigned(first as ReceivedRequest)).toBe(true);
    expect(JSON.parse(body)).toMatchObject({ partitionkey: 'p1', recordedtime: expect.any(String) });
    expect(second?.body).toContain('•••');
    expect(second?.body).not.toContain('ann@example.test');
    await expect.poll(() => find(subscriptionId), SOON).toMatchObject({ state: 'active', waiting: 0, failing: 0 });
    expect((await find(subscriptionId))?.deliveredAt).not.toBeNull();
    await remove(subscriptionId);
  });

  test('whose receiver fails gets the events of an order in their order; other orders and others do not wait', async () => {
    let failures = 3;
    answers.set('/failing', (request) => (idOf(request) === 'q1 a' && failures-- > 0 ? 503 : 200));
    const failing = await subscribe('failing');
    const other = await subscribe('other');
    for (const [key, id] of [
      ['q1', 'q1 a'],
      ['q1', 'q1 b'],
      ['q2', 'q2 a'],
    ] as const)
      await emit(key, id);
    await expect.poll(() => idsAt('failing').length, SOON).toBe(6);
    const ids = idsAt('failing');
    expect(ids.filter((id) => String(id).startsWith('q1'))).toEqual(['q1 a', 'q1 a', 'q1 a', 'q1 a', 'q1 b']);
    expect(ids.indexOf('q2 a')).toBeLessThan(ids.lastIndexOf('q1 a'));
    expect(new Set(got('failing').map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    await expect.poll(() => idsAt('other').toSorted(), SOON).toEqual(['q1 a', 'q1 b', 'q2 a']);
    expect(idsAt('other').indexOf('q1 a')).toBeLessThan(idsAt('other').indexOf('q1 b'));
    expect(await failuresOf(failing.subscriptionId)).toMatchObject([
      {
        eventId: 'q1 a',
        orderKey: 'q1',
        attempts: 3,
        deliveredAt: expect.any(String),
        error: { code: 'REMOTE_UNAVAILABLE' },
      },
    ]);
    await Promise.all([failing, other].map(({ subscriptionId }) => remove(subscriptionId)));
  });

  test('stops for a person where the receiver is gone, and goes on with that event when it is resumed', async () => {
    answers.set('/gone', () => 410);
    const { subscriptionId } = await subscribe('gone');
    await emit('g1', 'g1 a');
    await emit('g1', 'g1 b');
    await expect.poll(() => find(subscriptionId), SOON).toMatchObject({ state: 'stopped', failing: 1 });
    expect(idsAt('gone')).toEqual(['g1 a']);
    expect(await failuresOf(subscriptionId)).toMatchObject([{ eventId: 'g1 a', nextAt: null, deliveredAt: null }]);
    answers.delete('/gone');
    await act(subscriptionId, 'resume');
    await expect.poll(() => idsAt('gone'), SOON).toEqual(['g1 a', 'g1 a', 'g1 b']);
    await remove(subscriptionId);
  });

  test('keeps what comes while it is paused, and begins anew at a time with the same webhook ids', async () => {
    const { subscriptionId } = await subscribe('paused');
    await emit('r1', 'r1 a');
    await expect.poll(() => idsAt('paused'), SOON).toEqual(['r1 a']);
    await act(subscriptionId, 'pause');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const since = new Date().toISOString();
    await emit('r1', 'r1 b');
    await expect.poll(async () => (await find(subscriptionId))?.waiting, SOON).toBe(1);
    expect(idsAt('paused')).toEqual(['r1 a']);
    await act(subscriptionId, 'resume');
    await expect.poll(() => idsAt('paused'), SOON).toEqual(['r1 a', 'r1 b']);
    await act(subscriptionId, 'replay', { since });
    await expect.poll(() => idsAt('paused'), SOON).toEqual(['r1 a', 'r1 b', 'r1 b']);
    const [, once, again] = got('paused').map(({ headers }) => headers['webhook-id']);
    expect(again).toBe(once);
    await server.json(400, 'POST', `${BASE}/${subscriptionId}/replay`, { since: '2999-01-01T00:00:00.000Z' });
    await remove(subscriptionId);
    await expect.poll(() => server.bus.eventReaders.waiting(`s_${subscriptionId}`), SOON).toBeUndefined();
  });

  test('is tried out, refuses wrong settings and namesakes, and keeps its connection', async () => {
    const { subscriptionId } = await subscribe('tried');
    const tried = () => server.json<SubscriptionTest>(200, 'POST', `${BASE}/${subscriptionId}/test`);
    expect(await tried()).toEqual({ delivered: true });
    answers.set('/tried', () => 401);
    expect(await tried()).toMatchObject({ delivered: false, error: { code: 'REMOTE_REJECTED' } });
    await server.json(409, 'POST', BASE, { settings: settingsOf('tried') });
    const wrong = async (settings: object) =>
      (await server.json<{ detail: string }>(400, 'PUT', `${BASE}/${subscriptionId}`, { settings })).detail;
    expect(await wrong({ ...settingsOf('tried'), filter: { types: ['com.platform.order.lost.v1'] } })).toContain(
      'settings.filter.types[0]',
    );
    expect(await wrong({ ...settingsOf('tried'), connection: 'nobody' })).toContain('does not exist in dev');
    const changed = { ...settingsOf('renamed'), giveUpAfterHours: 2 };
    expect(
      await server.json<Subscription>(200, 'PUT', `${BASE}/${subscriptionId}`, { settings: changed }),
    ).toMatchObject({ settings: changed, state: 'active' });
    const { items } = await server.json<{ items: Connection[] }>(200, 'GET', '/api/v1/connections?env=dev');
    const partner = items.find(({ name }) => name === 'partner')?.id;
    await server.json(409, 'DELETE', `/api/v1/connections/${partner}`);
    const viewer = { authorization: `Bearer ${await server.keyOf('viewer')}` };
    await server.json(200, 'GET', BASE, undefined, viewer);
    await server.json(403, 'POST', `${BASE}/${subscriptionId}/pause`, undefined, viewer);
    await remove(subscriptionId);
  });

  test('goes with its environment', async () => {
    await connect('test');
    const list = '/api/v1/environments/test/subscriptions';
    const body = { settings: settingsOf('going') };
    const { subscriptionId } = await server.json<Subscription>(201, 'POST', list, body);
    await expect.poll(() => server.bus.eventReaders.waiting(`s_${subscriptionId}`), SOON).toBe(0);
    await server.json(204, 'DELETE', '/api/v1/environments/test');
    await server.json(404, 'GET', list);
    await expect.poll(() => server.bus.eventReaders.waiting(`s_${subscriptionId}`), SOON).toBeUndefined();
  });
});
