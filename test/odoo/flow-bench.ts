import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CrossReference, OrderDetail } from '@crossdock/api-contract';
import { type Flow, parseFlow } from '@crossdock/flow-model';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually, type RunningRuntime } from '../fixtures/runtime.ts';
import { startBesideOdoo } from './journey.ts';
import { call, ODOO_URL } from './real-odoo.ts';

/** Of whatever waits; milliseconds. */
export const PATIENCE = 120_000;

export interface Row {
  readonly id: number;
  readonly [field: string]: unknown;
}

export const rows = (model: string, domain: readonly unknown[], fields: readonly string[]): Promise<Row[]> =>
  call<Row[]>(model, 'search_read', { args: { domain, fields, order: 'id', load: null } });

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Execution {
  readonly executionId: string;
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly spans: readonly { readonly nodeId: string }[];
}

/** Flows of the product at work beside a real Odoo, in `dev`. */
export interface FlowBench {
  readonly runtime: RunningRuntime;
  /** Of a system of the sandbox. */
  system(name: string): Promise<string>;
  /** Makes a connection that is no Odoo's. */
  connect(name: string, type: 'http' | 'hook-secret', settings: object, credentials?: object): Promise<void>;
  /** Deploys these flows as they are, but that they look at Odoo every second; done when each has looked once, as what it finds then starts nothing. */
  deploy(...flows: readonly (string | Flow)[]): Promise<void>;
  /** Posts to a hook, with the headers that prove who sends it. */
  send(path: string, body: object, prove?: (text: string) => Record<string, string>): Promise<Answer>;
  /** The executions of a flow with this business key that ended, newest first, once there are so many. */
  ended(flowId: string, key: string, count?: number): Promise<Execution[]>;
  /** The id in another system of what is linked with this one. */
  linked(entity: string, from: { system: string; id: string }, to: string): Promise<string | undefined>;
  /** An order as its page has it, once that is so. */
  page(orderKey: string, what: string, is: (order: OrderDetail) => boolean): Promise<OrderDetail>;
}

export async function startFlowBench(url = ODOO_URL): Promise<FlowBench> {
  const runtime = await startBesideOdoo(url);

  async function send(path: string, body: object, prove = (_text: string): Record<string, string> => ({})) {
    const text = JSON.stringify(body);
    return eventually(`the hook ${path} is there`, PATIENCE, async (): Promise<Answer | undefined> => {
      const answer = await fetch(`${runtime.url}/hooks/dev/${path}`, {
        ...{ method: 'POST', body: text, headers: { 'content-type': 'application/json', ...prove(text) } },
        signal: AbortSignal.timeout(180_000),
      });
      // A deployed flow is heard of within a second; a flow's own 404 is no problem document.
      const isUnknown = answer.status === 404 && answer.headers.get('content-type')?.startsWith('application/problem');
      const answered = (await answer.json()) as Record<string, unknown>;
      return isUnknown ? undefined : { status: answer.status, body: answered };
    });
  }

  return {
    runtime,
    send,
    async system(name) {
      const variables = await runtime.json<{ erpUrl: string }>('GET', '/api/v1/environments/dev/variables');
      return `${new URL(variables.erpUrl).origin}/${name}`;
    },
    async connect(name, type, settings, credentials) {
      const connection = { env: 'dev', name, type, settings, ...(credentials === undefined ? {} : { credentials }) };
      await runtime.json('POST', '/api/v1/connections', connection);
    },
    async deploy(...given) {
      const flows = await Promise.all(given.map((one) => (typeof one === 'string' ? productFlow(one) : one)));
      for (const flow of flows) await deployFlow(runtime, impatient(flow));
      const looking = flows.filter(({ nodes }) => nodes.some(({ type }) => type === 'odoo.changed'));
      await eventually('each looked at Odoo', PATIENCE, async () => {
        const metrics = (await (await fetch(`${runtime.url}/metrics`)).text()).split('\n');
        const looks = metrics.filter((line) => line.startsWith('crossdock_polls_total'));
        return looking.every(({ id }) => looks.some((line) => line.includes(`flow="${id}"`)));
      });
    },
    ended(flowId, key, count = 1) {
      return eventually(`${count} of ${flowId} ended`, PATIENCE, async () => {
        const search = new URLSearchParams({ env: 'dev', flowId, key });
        const { items } = await runtime.json<{ items: Execution[] }>('GET', `/api/v1/executions?${search}`);
        const done = items.filter(({ status }) => !OPEN.includes(status));
        if (done.length < count) return undefined;
        return Promise.all(
          done.map(({ executionId }) => runtime.json<Execution>('GET', `/api/v1/executions/${executionId}`)),
        );
      });
    },
    async linked(entity, { system, id }, to) {
      const search = new URLSearchParams({ entity, system, q: id });
      const path = `/api/v1/environments/dev/cross-references?${search}`;
      const { items } = await runtime.json<{ items: CrossReference[] }>('GET', path);
      const own = items.find(({ ids }) => ids.some((one) => one.system === system && one.id === id));
      return own?.ids.find((one) => one.system === to)?.id;
    },
    async page(orderKey, what, is) {
      let last: unknown;
      const look = async () => {
        const answer = await runtime.api('GET', `/api/v1/orders/${encodeURIComponent(orderKey)}?env=dev`);
        const order = (await answer.json()) as OrderDetail;
        last = order;
        return answer.ok && is(order) ? order : undefined;
      };
      return eventually(`the page of ${orderKey} shows ${what}`, PATIENCE, look).catch((error: Error) => {
        throw new Error(`${error.message}; it shows ${JSON.stringify(last)}`);
      });
    },
  };
}

const OPEN = ['running', 'waiting', 'compensating'];

/** A flow of the product as it is. */
export const productFlow = async (name: string): Promise<Flow> =>
  parseFlow(await readFile(new URL(`../../flows/${name}/flow.json`, import.meta.url), 'utf8'));

const impatient = (flow: Flow): Flow => ({
  ...flow,
  nodes: flow.nodes.map((node) =>
    node.type === 'odoo.changed' ? { ...node, config: { ...node.config, intervalMs: 1000 } } : node,
  ),
});

export const hmac = (secret: string | Buffer, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64');
