import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from '../log.ts';
import { openOrderStore } from './order-store.ts';
import { erpRoutes } from './routes.ts';

export interface SandboxOptions {
  /** Holds the orders and the port; made where missing. */
  readonly dir: string;
  /** Without one: the port of the last start when it is free, else any free one. */
  readonly port?: number;
  readonly log: Logger;
}

export interface Sandbox {
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts the simulators (an ERP) on a loopback port of their own. */
export async function startSandbox({ dir, port, log }: SandboxOptions): Promise<Sandbox> {
  await mkdir(dir, { recursive: true });
  const portFile = join(dir, 'port');
  const store = await openOrderStore(join(dir, 'erp-orders.jsonl'));
  const stopping = new AbortController();
  const server = createServer(erpRoutes(store, log, stopping.signal));
  try {
    await (port === undefined ? listenAsBefore(server, portFile) : listen(server, port));
  } catch (cause) {
    await store.close();
    throw cause;
  }
  const { port: taken } = server.address() as AddressInfo;
  await writeFile(portFile, `${taken}\n`);
  return {
    url: `http://${HOST}:${taken}`,
    async close() {
      stopping.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await store.close();
    },
  };
}

async function listenAsBefore(server: Server, portFile: string): Promise<void> {
  const text = await readFile(portFile, 'utf8').catch(() => '');
  const before = /^\d{1,5}\s*$/.test(text) ? Number(text) : 0;
  if (before === 0) return listen(server, 0);
  await listen(server, before).catch(() => listen(server, 0));
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, HOST);
  await once(server, 'listening');
}
