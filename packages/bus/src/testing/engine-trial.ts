import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Flow } from '@crossdock/flow-model';
import type { Bus } from '../bus.ts';

/** The effects of the trial's flow, in their order. */
const EFFECTS = ['erp', 'wms'] as const;
const EFFECT_MS = 20;

/** Two effects in a row, so that a crash may fall between them. */
const flow: Flow = {
  formatVersion: 1,
  id: 'orders',
  name: 'Orders',
  nodes: [{ id: 'hook', type: 'webhook', config: { path: 'orders' } }, ...EFFECTS.map((id) => sinkNode(id))],
  edges: [
    { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'erp', targetHandle: 'in' },
    { id: 'e2', source: 'erp', sourceHandle: 'out', target: 'wms', targetHandle: 'in' },
  ],
};

/** A flow of two effects, a sink that hears them, and worker processes with the engine on the bus. */
export interface EngineTrial {
  deploy(bus: Bus): Promise<void>;
  /** Starts a worker in a process of its own; a second call replaces the first worker, with SIGKILL. */
  startWorker(): void;
  /** How many different idempotency keys the sink has heard. */
  effects(): number;
  /** What is wrong with what the sink has heard of orders 0 to `orders` - 1: each effect once for each order, by key. Empty when nothing is. */
  faults(orders: number): string[];
  stop(): void;
}

/** The triggers' payloads must be `{ order: 0 }` and so on. */
export async function startEngineTrial({
  servers,
  replicas,
}: {
  servers: string;
  replicas: number;
}): Promise<EngineTrial> {
  const heard = new Map<string, { nodeId: string; order: number }>();
  let worker: ChildProcess | undefined;
  const sink = createServer(async (request, response) => {
    const { key, nodeId, input } = JSON.parse(await text(request)) as Call;
    heard.set(key, { nodeId, order: input.order });
    await sleep(EFFECT_MS);
    response.end('ok');
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const sinkUrl = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
  return {
    async deploy(bus) {
      await bus.registry.putRevision(flow.id, 1, flow);
      const deployedAt = new Date().toISOString();
      await bus.registry.activate({ deploymentId: 'd', env: 'dev', flowId: flow.id, revision: 1, deployedAt });
    },
    startWorker() {
      worker?.kill('SIGKILL');
      const child = fileURLToPath(new URL('engine-child.ts', import.meta.url));
      worker = spawn(process.execPath, [child, servers, sinkUrl, String(replicas)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
    },
    effects: () => heard.size,
    faults(orders) {
      const calls = [...heard.values()];
      return EFFECTS.flatMap((nodeId) =>
        Array.from({ length: orders }, (_, order) => {
          const keys = calls.filter((call) => call.nodeId === nodeId && call.order === order).length;
          return keys === 1 ? [] : [`order ${order} has ${keys} keys at ${nodeId}`];
        }).flat(),
      );
    },
    stop() {
      worker?.kill('SIGKILL');
      sink.closeAllConnections();
      sink.close();
    },
  };
}

interface Call {
  key: string;
  nodeId: string;
  input: { order: number };
}

function sinkNode(id: string): Flow['nodes'][number] {
  return { id, type: 'sink', config: {} };
}
