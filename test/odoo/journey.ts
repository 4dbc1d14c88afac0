import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { ODOO_DB, ODOO_KEY, ODOO_LOGIN } from './real-odoo.ts';

/** Starts the product beside the real Odoo at this address, which it may call by the connection `odoo` of `dev`. */
export async function startBesideOdoo(url: string): Promise<RunningRuntime> {
  const runtime = await startRuntime({ env: { CROSSDOCK_WORKERS: '1', CROSSDOCK_EGRESS_ALLOW: '127.0.0.1' } });
  await connect(runtime, { env: 'dev', url, apiKey: ODOO_KEY });
  return runtime;
}

/** Makes the connection `odoo` of an environment. */
export async function connect(
  runtime: RunningRuntime,
  { env, url, apiKey }: { env: string; url: string; apiKey: string },
): Promise<void> {
  const settings = { url, database: ODOO_DB, login: ODOO_LOGIN, companies: [1], callsPerSecond: 1000, callsAtOnce: 20 };
  await runtime.json('POST', '/api/v1/connections', {
    ...{ env, name: 'odoo', type: 'odoo', settings, credentials: { apiKey } },
  });
}

/** A system that keeps the JSON of each call, once by its `Idempotency-Key`. */
export interface Collector {
  readonly url: string;
  readonly heard: ReadonlyMap<string, unknown>;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const heard = new Map<string, unknown>();
  const server = createServer(async (request, response) => {
    heard.set(String(request.headers['idempotency-key']), await json(request));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
