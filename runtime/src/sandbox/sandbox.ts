import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from '../log.ts';
import { openDocuments } from './documents.ts';
import { journeyRoutes } from './journey-routes.ts';
import { openJourneys } from './journeys.ts';
import { openOrderStore } from './order-store.ts';
import { sandboxRoutes } from './routes.ts';
import { systemRoutes } from './system-routes.ts';

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

/** Starts the simulators (ERP, shop, CRM, warehouse, carrier, finance) on a loopback port of their own. */
export async function startSandbox({ dir, port, log }: SandboxOptions): Promise<Sandbox> {
  await mkdir(dir, { recursive: true });
  const portFile = join(dir, 'port');
  const store = await openOrderStore(join(dir, 'erp-orders.jsonl'));
  const documents = await openDocuments(join(dir, 'system-documents.jsonl'));
  const journeys = await openJourneys(join(dir, 'journeys.jsonl'), log);
  const stopping = new AbortController();
  const stopped = stopping.signal;
  const systems = systemRoutes({ documents, ofJourneys: journeys.documents, stopped });
  const server = createServer(sandboxRoutes({ store, others: [journeyRoutes(journeys), systems], log, stopped }));
  const closeFiles = async (): Promise<void> => {
    await journeys.close();
    await Promise.all([store.close(), documents.close()]);
  };
  try {
    await (port === undefined ? listenAsBefore(server, portFile) : listen(server, port));
  } catch (cause) {
    await closeFiles();
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
      await closeFiles();
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
