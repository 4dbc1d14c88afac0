import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ODOO_URL } from './real-odoo.ts';

/** What goes wrong once: Odoo does it but its answer is lost, or never hears of it and this is answered instead. */
export type Fault = 'answer-lost' | { readonly status: number; readonly body: unknown };

/** A way to Odoo on which things go wrong. */
export interface FaultyWay {
  readonly url: string;
  /** At the next call of `model/method`. */
  next(call: string, fault: Fault): void;
  /** How often that was called. */
  calls(call: string): number;
  close(): Promise<void>;
}

export async function startFaultyWay(): Promise<FaultyWay> {
  const faults = new Map<string, Fault>();
  const counts = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const body = await buffer(request);
    const call = url.replace('/json/2/', '');
    counts.set(call, (counts.get(call) ?? 0) + 1);
    const fault = faults.get(call);
    faults.delete(call);
    if (typeof fault === 'object')
      return response.writeHead(fault.status, { 'content-type': 'application/json' }).end(JSON.stringify(fault.body));
    const { host: _host, connection: _connection, 'content-length': _length, ...sent } = headers;
    const answer = await fetch(new URL(url, ODOO_URL), {
      ...{ method, headers: sent as Record<string, string> },
      ...(method === 'GET' ? {} : { body }),
    }).catch(() => undefined);
    const bytes = answer ? Buffer.from(await answer.arrayBuffer()) : Buffer.alloc(0);
    if (fault === 'answer-lost' || !answer) return request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (call, fault) => void faults.set(call, fault),
    calls: (call) => counts.get(call) ?? 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
