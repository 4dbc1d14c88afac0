import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier, type Scheme } from '@crossdock/signatures';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from './index.ts';

const log = pino({ level: 'silent' });
const SECRET = `whsec_${Buffer.from('a secret of the systems').toString('base64')}`;
let dir: string;
let sandbox: Sandbox;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'crossdock-systems-'));
  sandbox = await startSandbox({ dir, log });
});
afterEach(async () => {
  await sandbox.close();
  await rm(dir, { recursive: true, force: true });
});

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(sandbox.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const json = async <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  (await (await call(method, path, body, headers)).json()) as T;
const reopen = async () => {
  await sandbox.close();
  sandbox = await startSandbox({ dir, log });
};
type Document = { id: string; [field: string]: unknown };

describe('the systems', () => {
  test('keep what flows make in them, also after a restart, once for a key', async () => {
    const key = { 'idempotency-key': 'k' };
    const order = { partner_order_id: 'S1', line_items: [{ sku: 'A', quantity: 2 }] };
    const made = await json<Document>('POST', '/wms/orders', order, key);
    expect(made).toMatchObject(order);
    expect(await json('POST', '/wms/orders', order, key)).toEqual(made);
    expect((await call('POST', '/wms/orders', { ...order, rush: true }, key)).status).toBe(409);
    expect(await json('PATCH', `/wms/orders/${made.id}`, { wave: 'W1' })).toEqual({ ...made, wave: 'W1' });
    await reopen();
    expect(await json('GET', `/wms/orders/${made.id}`)).toEqual({ ...made, wave: 'W1' });
    expect(await json('POST', '/wms/orders', order, key)).toEqual({ ...made, wave: 'W1' });
    expect(await json('GET', '/wms/orders?partner_order_id=S1')).toMatchObject({ items: [{ id: made.id }] });
    expect(await json('GET', '/wms/orders?partner_order_id=S2')).toMatchObject({ items: [] });
  });

  test('ship once, and tell where the parcel is', async () => {
    const order = await json<Document>('POST', '/wms/orders', { partner_order_id: 'S1', line_items: [] });
    const sent = await json<Document>('POST', `/wms/orders/${order.id}/ship`);
    expect(sent).toMatchObject({ partner_order_id: 'S1', completed: true });
    expect(await json('POST', `/wms/orders/${order.id}/ship`)).toEqual(sent);
    expect(await json('GET', `/wms/orders/${order.id}`)).toMatchObject({ status: 'shipped', shipment: sent.id });
    const [{ tracking_number }] = sent.shipping_labels as [{ tracking_number: string }];
    expect(await json('GET', `/wms/shipments?tracking_number=${tracking_number}`)).toEqual([sent]);
    const booked = await json<Document>('POST', '/carrier/packages', { reference: 'S1' });
    expect(await json('GET', `/carrier/track/${booked.trackingNumber}`)).toEqual(booked);
    expect((await call('GET', '/carrier/track/none')).status).toBe(404);
  });

  test('refuse with a sentence what they do not have or cannot read', async () => {
    for (const [method, path, body, status, sentence] of [
      ['GET', '/crm/invoices', undefined, 404, 'crm keeps deals, customers'],
      ['GET', '/tax/rates', undefined, 404, 'not offered here'],
      ['GET', '/finance/invoices/none', undefined, 404, 'does not exist'],
      ['POST', '/finance/invoices', [1], 422, 'a JSON object'],
      ['GET', '/finance/invoices?limit=0', undefined, 400, 'limit must be'],
      ['POST', '/wms/orders/none/ship', undefined, 404, 'does not exist'],
    ] as const) {
      const answer = await call(method, path, body);
      expect([answer.status, await answer.text()], path).toEqual([status, expect.stringContaining(sentence)]);
    }
  });

  test('are away each by itself', async () => {
    await call('PUT', '/finance/faults', { mode: 'fail', status: 503 });
    expect((await call('POST', '/finance/invoices', {})).status).toBe(503);
    expect((await call('POST', '/carrier/packages', {})).status).toBe(201);
    await call('PUT', '/finance/faults', { mode: 'ok' });
    expect((await call('POST', '/finance/invoices', {})).status).toBe(201);
  });
});

describe('journeys', () => {
  const got: { system: string; headers: Record<string, string[]>; body: Buffer }[] = [];
  let status = 202;
  let receiver: Server;
  let hooks: string;

  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (status === 202)
        got.push({
          system: request.url!.split('/').at(-1)!,
          headers: request.headersDistinct as Record<string, string[]>,
          body: Buffer.concat(chunks),
        });
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    hooks = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/systems`;
  });
  afterAll(() => void receiver.close());
  beforeEach(() => {
    got.length = 0;
    status = 202;
  });

  type Progress = { run: string; deliveries: number; sent: number; isOver: boolean; answers: Record<string, number> };
  const start = (more: object = {}) =>
    json<Progress>('POST', '/journeys', { hooks, secret: SECRET, seed: 3, count: 40, perSecond: 1000, ...more });
  const over = (run: string) =>
    expect.poll(() => json<Progress>('GET', `/journeys/${run}`), { timeout: 30_000 }).toMatchObject({ isOver: true });

  const schemes: Record<string, { scheme: Scheme; header?: string; keyPlace?: { header: string } }> = {
    shop: { scheme: 'shopify' },
    crm: { scheme: 'standard-webhooks' },
    wms: { scheme: 'shopify', header: 'x-shiphero-hmac-sha256' },
    carrier: { scheme: 'api-key', keyPlace: { header: 'credential' } },
    finance: { scheme: 'shopify', header: 'x-xero-signature' },
  };
  const isSigned = ({ system, headers, body }: (typeof got)[number]) => {
    const check = createVerifier({ ...schemes[system]!, secrets: [SECRET] })({
      ...{ headers, query: new URLSearchParams(), nowMs: Date.now() },
    });
    return (typeof check === 'function' ? check(body) : check).ok;
  };

  test('are sent signed as each system signs, some twice, some flawed, and their truth is known', async () => {
    const { run, deliveries } = await start();
    await over(run);
    expect(got.length).toBeGreaterThanOrEqual(deliveries);
    expect(new Set(got.map(({ system }) => system)).size).toBe(5);
    const unsigned = got.filter((one) => !isSigned(one));
    expect(unsigned.length).toBeGreaterThan(0);
    expect(unsigned.length).toBeLessThan(deliveries / 20);
    const bodies = got.map(({ system, body }) => `${system} ${body.toString()}`);
    expect(new Set(bodies).size).toBeLessThan(deliveries);
    const { orders } = await json<{ orders: { key: string; truth: { step: string } }[] }>(
      'GET',
      `/journeys/${run}/truth`,
    );
    expect(orders).toHaveLength(40);
    const shipments = (await json<{ items: Document[] }>('GET', '/wms/shipments?limit=1')).items;
    expect(shipments).toMatchObject([{ partner_order_id: expect.stringMatching(/^S3-/) }]);
  });

  test('are sent again while the receiver is not ready, and go on after a restart where they stood', async () => {
    const { run, deliveries } = await start({ perSecond: 200 });
    await expect.poll(() => got.length, { timeout: 10_000 }).toBeGreaterThan(120);
    status = 503;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await reopen();
    status = 202;
    await over(run);
    const { sent } = await json<Progress>('GET', `/journeys/${run}`);
    expect(sent).toBe(deliveries);
    expect(got.length).toBeGreaterThanOrEqual(deliveries);
    expect(got.length).toBeLessThan(2 * deliveries - 100);
    expect((await call('DELETE', `/journeys/${run}`)).status).toBe(204);
    expect((await call('GET', `/journeys/${run}`)).status).toBe(404);
    await reopen();
    expect(await json('GET', '/journeys')).toEqual({ items: [] });
  });

  test.each([
    [{}, 'hooks must be an address'],
    [{ hooks: 'http://127.0.0.1:1' }, 'secret must be'],
    [{ hooks: 'http://127.0.0.1:1', secret: SECRET, count: 0 }, 'count must be a whole number from 1'],
    [{ hooks: 'http://127.0.0.1:1', secret: SECRET, pace: 1 }, 'unknown field'],
    [{ hooks: 'http://127.0.0.1:1', secret: SECRET, secondsApart: [9, 1] }, 'secondsApart[1] must be'],
  ])('that cannot be read are refused: %j', async (body, sentence) => {
    const answer = await call('POST', '/journeys', body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(sentence)]);
  });
});
