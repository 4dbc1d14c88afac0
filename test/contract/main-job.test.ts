import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

interface Detail {
  executionId: string;
  status: string;
  flowId: string;
  keys: Record<string, unknown>;
  spans: { spanId: string; nodeId: string; status: string; attempt: number; inputRef?: string; outputRef?: string }[];
}

describe('the first start', () => {
  let runtime: RunningRuntime;
  beforeAll(async () => {
    runtime = await startRuntime();
  });
  afterAll(() => runtime.stop());

  test('prints the address, the sign-in and a curl line that drives the demo flow', async () => {
    const output = runtime.output();
    expect(output).toContain(runtime.url);
    expect(output).toContain('admin@example.test');
    const curl = /^\s*(curl .+)$/m.exec(output)?.[1] ?? '';
    const { stdout } = spawnSync('bash', ['-c', `${curl} -s -w '\\n%{http_code}'`], {
      encoding: 'utf8',
      cwd: new URL('../..', import.meta.url),
    });
    const [body, status] = stdout.trim().split(/\n(?=\d+$)/);
    expect(status).toBe('202');
    const { executionId } = JSON.parse(body ?? '') as { executionId: string };
    const execution = await eventually('the execution has succeeded', 20_000, async () => {
      const answer = await runtime.api('GET', `/api/v1/executions/${executionId}`);
      expect(answer.status).toBe(200);
      const detail = (await answer.json()) as Detail;
      return detail.status === 'succeeded' && detail;
    });
    const { flow } = await runtime.json<{ flow: { nodes: { id: string }[] } }>(
      'GET',
      '/api/v1/flows/shop-order-to-erp',
    );
    expect(execution.spans.map(({ nodeId }) => nodeId)).toEqual(flow.nodes.map(({ id }) => id));
    expect(execution.spans.every(({ status: done }) => done === 'succeeded')).toBe(true);

    const map = execution.spans.find(({ nodeId }) => nodeId === 'map');
    const mapped = await eventually('the mapped payload is in the trace', 20_000, async () => {
      const answer = await runtime.api('GET', `/api/v1/executions/${executionId}/payloads/${map?.outputRef}`);
      return answer.ok && ((await answer.json()) as { orderNo: string });
    });
    expect(mapped.orderNo).toBe(
      String(
        Object.values(execution.keys)
          .flat()
          .find((key) => key === mapped.orderNo),
      ),
    );
  });

  test('lists executions by key, flow, status and time', async () => {
    const find = (query: string) =>
      runtime.json<{ items: Detail[]; nextCursor: string | null }>('GET', `/api/v1/executions?${query}`);
    const [first] = (await find('limit=1')).items;
    const orderNo = String(first?.keys.orderNo);
    expect((await find(`key=${encodeURIComponent(orderNo)}`)).items.map(({ executionId }) => executionId)).toContain(
      first?.executionId,
    );
    expect((await find(`key=${encodeURIComponent(`orderNo:${orderNo}`)}`)).items.length).toBeGreaterThan(0);
    expect((await find('key=no-such-key')).items).toEqual([]);
    expect((await find('flowId=shop-order-to-erp&status=succeeded&env=dev')).items.length).toBeGreaterThan(0);
    expect((await find('env=prod')).items).toEqual([]);
    expect((await find(`to=${encodeURIComponent('2020-01-01T00:00:00Z')}`)).items).toEqual([]);
  });

  test('serves the designer under a policy with neither unsafe-eval nor inline scripts', async () => {
    const answer = await fetch(`${runtime.url}/`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    const scripts = /script-src ([^;]+)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
    expect(scripts?.trim()).toBe("'self'");
    expect(await answer.text()).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  });

  test('answers metrics, health, node types and its own description', async () => {
    expect((await fetch(`${runtime.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${runtime.url}/metrics`)).text()).toContain('# TYPE');
    const types = await runtime.json<{ items: { type: string }[] }>('GET', '/api/v1/node-types');
    expect(types.items.map(({ type }) => type).sort()).toEqual([
      'event.emit',
      'event.received',
      'flow.call',
      'flow.called',
      'http.request',
      'join',
      'nats.publish',
      'nats.subscribe',
      'odoo.call',
      'odoo.changed',
      'odoo.confirmOrder',
      'odoo.createInvoice',
      'odoo.note',
      'odoo.read',
      'odoo.search',
      'odoo.upsert',
      'odoo.validateTransfer',
      'respond',
      'schedule',
      'split',
      'status.map',
      'stop',
      'switch',
      'transform',
      'validate',
      'wait',
      'webhook',
      'xref.link',
      'xref.release',
      'xref.reserve',
    ]);
    const description = await runtime.json<{ openapi: string; paths: object }>('GET', '/api/v1/openapi.json');
    expect(description.openapi).toMatch(/^3\.1/);
    expect(Object.keys(description.paths)).toContain('/api/v1/flows/{flowId}');
  });
});
