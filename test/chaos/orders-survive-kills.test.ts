import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpOrders, shopOrder } from '../fixtures/shop.ts';

const ORDERS = 2000;
const KILLS = 3;
const SENDERS = 16;

describe('2,000 orders while the runtime is killed three times', () => {
  let runtime: RunningRuntime;
  beforeAll(async () => {
    runtime = await startRuntime();
  });
  afterAll(() => runtime.stop());

  test('every order that got a 202 is stored in the ERP exactly once', async () => {
    const accepted = new Map<string, string>();
    let next = 0;
    const send = async () => {
      while (next < ORDERS) {
        const order = shopOrder(++next);
        accepted.set(order.name, await postUntilAccepted(runtime, order));
      }
    };
    const senders = Promise.all(Array.from({ length: SENDERS }, send));
    for (let kill = 1; kill <= KILLS; kill++) {
      await eventually(`${kill * 450} orders sent`, 120_000, async () => accepted.size >= kill * 450);
      await runtime.kill();
      await runtime.restart();
    }
    await senders;
    expect(accepted.size).toBe(ORDERS);

    const stored = await eventually('all orders in the ERP', 180_000, async () => {
      const orders = await erpOrders(runtime);
      return orders.length >= ORDERS && orders;
    });
    const times = new Map<string, number>();
    for (const { orderNo } of stored) times.set(orderNo, (times.get(orderNo) ?? 0) + 1);
    expect([...accepted.keys()].filter((orderNo) => times.get(orderNo) !== 1)).toEqual([]);

    const open = async () =>
      (await runtime.json<{ items: unknown[] }>('GET', '/api/v1/executions?status=running,waiting,failed&limit=5'))
        .items;
    await eventually('every execution succeeded', 120_000, async () => (await open()).length === 0).catch(async () => {
      expect(await open()).toEqual([]);
    });
    for (const executionId of [...accepted.values()].filter((_, at) => at % 200 === 0)) {
      const execution = await runtime.json<{ status: string }>('GET', `/api/v1/executions/${executionId}`);
      expect(execution.status).toBe('succeeded');
    }
  });
});

/** Posts again until a 202 comes, as a shop does; the order's id makes the repeats one execution. */
async function postUntilAccepted(runtime: RunningRuntime, order: unknown): Promise<string> {
  return eventually('a 202', 90_000, async () => {
    const answer = await fetch(`${runtime.url}/hooks/dev/shop/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    if (answer?.status !== 202) return undefined;
    const { executionId } = (await answer.json()) as { executionId: string };
    return executionId;
  });
}
