import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpOrders, postHook, shopOrder } from '../fixtures/shop.ts';

describe('a bus of the company’s own, by URL', () => {
  let nats: TestNatsServer;
  let runtime: RunningRuntime;
  let number = 0;
  const post = () => postHook(runtime, 'shop/orders', JSON.stringify(shopOrder(++number)));
  const refusal = async () => {
    const answer = await post();
    return {
      status: answer.status,
      code: ((await answer.json()) as { code: string }).code,
      retryAfter: answer.headers.has('retry-after'),
    };
  };

  beforeAll(async () => {
    nats = await startNatsServer({ sync: 'interval' });
    runtime = await startRuntime({ env: { CROSSDOCK_NATS_URL: nats.url, CROSSDOCK_SANDBOX: 'on' } });
  });
  afterAll(async () => {
    await runtime.stop();
    await nats.stop();
  });

  test('carries orders', async () => {
    expect((await post()).status).toBe(202);
    await eventually('the order in the ERP', 10_000, async () => (await erpOrders(runtime)).length === 1);
  });

  test('while it is away the hook answers 503, the process lives, and work goes on when it is back', async () => {
    const { pid } = runtime;
    await nats.kill();
    expect(await refusal()).toEqual({ status: 503, code: 'SYSTEM_BUS_UNAVAILABLE', retryAfter: true });
    expect((await fetch(`${runtime.url}/healthz`)).status).toBe(200);
    await eventually('not ready', 15_000, async () => (await fetch(`${runtime.url}/readyz`)).status === 503);
    await nats.restart();
    await eventually('an order is taken', 30_000, async () => (await post()).status === 202);
    await eventually('ready', 30_000, async () => (await fetch(`${runtime.url}/readyz`)).ok);
    await eventually('it is in the ERP', 30_000, async () =>
      (await erpOrders(runtime)).some(({ orderNo }) => orderNo === `#${10_000 + number}`),
    );
    expect(runtime.pid).toBe(pid);
  });

  test('when its store is full the hook answers 503, and takes orders again when there is space', async () => {
    const connection = await connect({ servers: nats.url });
    const manager = await jetstreamManager(connection);
    const { config } = await manager.streams.info('EVT');
    await manager.streams.update('EVT', { max_bytes: 1 });
    expect(await refusal()).toEqual({ status: 503, code: 'SYSTEM_BUS_FULL', retryAfter: true });
    await manager.streams.update('EVT', { max_bytes: config.max_bytes });
    expect((await post()).status).toBe(202);
    await connection.close();
  });
});
