import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow, plainFlow } from '../fixtures/flows.ts';
import { eventually, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpOrders, postHook, setErpFaults, shopOrder } from '../fixtures/shop.ts';

const ORDERS = 200;
const OUTAGE_MS = 20_000;

interface Detail {
  status: string;
  attempts: number;
  spans: { nodeId: string; attempt: number; status: string; error?: { code: string } }[];
}

describe('the ERP answers 503 for 20 s', () => {
  let runtime: RunningRuntime;
  beforeAll(async () => {
    runtime = await startRuntime();
    await deployFlow(runtime, plainFlow('other-flow', 'other'));
  });
  afterAll(() => runtime.stop());

  test('all orders arrive afterwards, the attempts show in the trace, other flows are not held up', async () => {
    await setErpFaults(runtime, { mode: 'fail', status: 503 });
    const outageEnds = Date.now() + OUTAGE_MS;
    const executions: string[] = [];
    for (let number = 1; number <= ORDERS; number++) {
      const answer = await postHook(runtime, 'shop/orders', JSON.stringify(shopOrder(number)));
      expect(answer.status).toBe(202);
      executions.push(((await answer.json()) as { executionId: string }).executionId);
    }

    const waits: number[] = [];
    while (Date.now() < outageEnds) {
      const sentAt = Date.now();
      const answer = await postHook(runtime, 'other', '{"orderNo":"A-1"}');
      expect(answer.status).toBe(200);
      await answer.text();
      waits.push(Date.now() - sentAt);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(waits.length).toBeGreaterThan(20);
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(1000);

    const open = await runtime.json<Detail>('GET', `/api/v1/executions/${executions[0]}`);
    expect(['waiting', 'running']).toContain(open.status);
    await setErpFaults(runtime, { mode: 'ok' });

    await eventually('all orders in the ERP', 120_000, async () => (await erpOrders(runtime)).length >= ORDERS);
    expect(new Set((await erpOrders(runtime)).map(({ orderNo }) => orderNo)).size).toBe(ORDERS);
    const done = await eventually('the first execution has succeeded', 60_000, async () => {
      const execution = await runtime.json<Detail>('GET', `/api/v1/executions/${executions[0]}`);
      return execution.status === 'succeeded' && execution;
    });
    const tries = done.spans.filter(({ nodeId }) => nodeId === 'erp');
    expect(tries.length).toBeGreaterThan(1);
    expect(tries.map(({ attempt }) => attempt)).toEqual(tries.map((_, at) => at + 1));
    expect(tries[0]?.error?.code).toBe('REMOTE_ERROR');
    expect(tries.at(-1)?.status).toBe('succeeded');
  });
});
