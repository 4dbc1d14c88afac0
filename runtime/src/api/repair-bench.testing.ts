import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ExecutionDetail } from '@crossdock/api-contract';
import { pino } from 'pino';
import { expect } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { startProjector } from '../projector/index.ts';
import { engineOf } from '../worker/engine-of.ts';
import { type ApiServer, startApiServer } from './api-server.testing.ts';

export interface Heard {
  path: string;
  key: string | undefined;
  body: unknown;
}

/** The API with a worker and a projector on the same bus, and a target that does as it is told. */
export interface RepairBench {
  readonly server: ApiServer;
  /** What the target was asked to do. */
  readonly heard: Heard[];
  /** Status that the target answers at a path, or `cut` for a connection that it drops; 200 unless set. */
  readonly answers: Map<string, number | 'cut'>;
  /** Makes the flow a draft, publishes it and deploys it to `dev`; gives the revision. */
  deploy(flow: { id: string; [field: string]: unknown }): Promise<number>;
  /** Sends a payload to a flow's hook, masked values sealed. */
  send(flowId: string, payload: { name: string; [field: string]: unknown }, mask?: string[]): Promise<string>;
  read(executionId: string): Promise<ExecutionDetail>;
  /** Waits until the read model shows this status. */
  until(executionId: string, status: string): Promise<ExecutionDetail>;
  stop(): Promise<void>;
}

export async function startRepairBench(): Promise<RepairBench> {
  const log = pino({ level: 'silent' });
  const metrics = createMetrics();
  const server = await startApiServer();
  const projector = await startProjector({ ...server, log, metrics });
  const heard: Heard[] = [];
  const answers = new Map<string, number | 'cut'>();
  const target = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  await server.json(200, 'PUT', '/api/v1/environments/dev/variables', { target: targetUrl });
  const { engine, side } = await engineOf(
    server.bus,
    {
      ...{ name: 'bench', nats: { servers: [] }, natsReplicas: 1, concurrency: 8, logLevel: 'info' },
      egressAllow: ['127.0.0.1'],
      secretKey: Buffer.from(new Uint8Array(32).fill(3)).toString('base64'),
    } as never,
    { log, metrics },
  );
  const leases = await side.consumeLeases({ concurrency: 16 }, (lease, signal) => engine.carry(lease, signal));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await text(request);
    heard.push({
      path,
      key: request.headers['idempotency-key'] as string | undefined,
      body: JSON.parse(body || 'null'),
    });
    const status = answers.get(path) ?? 200;
    if (status === 'cut') request.socket.destroy();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ at: path, status }));
  }

  const read: RepairBench['read'] = (executionId) =>
    server.json<ExecutionDetail>(200, 'GET', `/api/v1/executions/${executionId}`);
  return {
    ...{ server, heard, answers, read },
    async deploy(flow) {
      const known = await server.call('GET', `/api/v1/flows/${flow.id}`);
      if (known.status === 404) await server.json(201, 'POST', '/api/v1/flows', flow);
      else
        await server.json(200, 'PUT', `/api/v1/flows/${flow.id}`, flow, {
          'if-match': known.headers.get('etag') ?? '',
        });
      const { revision } = await server.json<{ revision: number }>(201, 'POST', `/api/v1/flows/${flow.id}/revisions`, {
        message: 'bench',
      });
      await server.json(201, 'POST', '/api/v1/environments/dev/deployments', { flowId: flow.id, revision });
      return revision;
    },
    async send(flowId, payload, mask = []) {
      const active = server.bus.registry.deployments().find((one) => one.flowId === flowId && one.env === 'dev');
      const { executionId } = await server.bus.triggers.accept({
        ...{ flowId, env: 'dev', revision: active?.revision ?? 1, nodeId: 'hook', headers: { 'x-from': 'bench' } },
        receivedAt: new Date().toISOString(),
        keys: { orderNo: [payload.name] },
        payload: server.vault.seal(payload, { env: 'dev', mask }),
      });
      return executionId;
    },
    async until(executionId, status) {
      const shown = async () =>
        (
          await server.db.kysely
            .selectFrom('executions')
            .select('status')
            .where('execution_id', '=', executionId)
            .executeTakeFirst()
        )?.status;
      await expect.poll(shown, { timeout: 20_000, interval: 50 }).toBe(status);
      return read(executionId);
    },
    async stop() {
      await leases.stop(1_000);
      await projector.stop();
      await server.stop();
      target.closeAllConnections();
      await new Promise((resolve) => target.close(resolve));
    },
  };
}

interface BenchNode {
  type: string;
  config?: object;
  [field: string]: unknown;
}

/** A flow from a hook through these nodes, one after the other. */
export function chain(id: string, nodes: Record<string, BenchNode>, settings: object = {}) {
  const all = { hook: { type: 'webhook', config: { path: id, method: 'POST' } }, ...nodes };
  const ids = Object.keys(all);
  return {
    formatVersion: 1,
    id,
    name: id,
    nodes: Object.entries(all).map(([nodeId, node]) => ({ id: nodeId, ...node })),
    edges: ids.slice(1).map((target, at) => ({
      ...{ id: `e${at}`, source: ids[at], sourceHandle: 'out', target, targetHandle: 'in' },
    })),
    settings: { businessKeys: { orderNo: 'name' }, ...settings },
  };
}

/** Posts its payload to the target, once. */
export const post = (path: string, more: object = {}): BenchNode => ({
  type: 'http.request',
  config: { url: `= $vars.target & '${path}'`, body: '= $' },
  retry: { maxAttempts: 1, initialDelayMs: 1, factor: 1, maxDelayMs: 1, jitter: 0 },
  ...more,
});
