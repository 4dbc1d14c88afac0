import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { seededChance } from '@crossdock/engine/testing';
import type { Call } from './calls.ts';
import { fateOf } from './fate.ts';
import { createPartners, type Partners, SYSTEMS, type System } from './partners.ts';

/** What befalls a call: it is done or not, and answered, answered with 500, cut, or never answered. */
const MISHAPS = [
  { isDone: false, ends: '500' },
  { isDone: true, ends: '500' },
  { isDone: false, ends: 'cut' },
  { isDone: true, ends: 'cut' },
  { isDone: false, ends: 'silence' },
  { isDone: true, ends: 'silence' },
] as const;
type Mishap = (typeof MISHAPS)[number];

/** The systems of `Partners` on addresses of their own, on which things go wrong. */
export interface PartnerServers extends Partners {
  readonly ports: readonly number[];
  url(system: System): string;
  /** So many of all calls go wrong, 0 to 1. */
  fail(share: number): void;
  /** While a system is down each of its calls goes wrong, and nothing is done. */
  down(systems: readonly System[]): void;
  /** Calls that came to a system. */
  calls(system: System): number;
  stop(): Promise<void>;
}

export async function startPartners(seed: number): Promise<PartnerServers> {
  const partners = createPartners(seed);
  const chance = seededChance(seed);
  const counts = new Map<System, number>();
  let failing = 0;
  let away: ReadonlySet<System> = new Set();

  const mishapOf = (system: System, path: string, method: string): Mishap | undefined => {
    if (away.has(system)) return chance.pick(MISHAPS.filter(({ isDone }) => !isDone));
    if (system === 'tms' && method === 'PUT' && fateOf(seed, path.split('/').at(-1) ?? '') === 'carrier silent')
      return { isDone: true, ends: 'silence' };
    return chance.next() < failing ? chance.pick(MISHAPS) : undefined;
  };

  async function answer(system: System, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const written = await text(request);
    counts.set(system, (counts.get(system) ?? 0) + 1);
    const mishap = mishapOf(system, path, method);
    const body: unknown = written === '' ? undefined : JSON.parse(written);
    const call: Call = { method, path, key: String(headers['idempotency-key'] ?? ''), body };
    const done = mishap?.isDone === false ? undefined : partners.take(system, call);
    // Who gave up hangs up; the server need not.
    if (mishap?.ends === 'silence') return;
    if (mishap?.ends === 'cut') return void request.socket.destroy();
    const { status, body: told } = mishap || !done ? { status: 500, body: { message: 'out of order' } } : done;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  }

  const servers = await Promise.all(
    SYSTEMS.map(async (system) => {
      const server = createServer((request, response) => {
        answer(system, request, response).catch(() => request.socket.destroy());
      });
      server.keepAliveTimeout = 120_000;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { system, server, port: (server.address() as AddressInfo).port };
    }),
  );
  const portOf = (system: System): number => servers.find((one) => one.system === system)?.port ?? 0;
  return {
    ...partners,
    ports: servers.map(({ port }) => port),
    url: (system) => `http://127.0.0.1:${portOf(system)}`,
    fail(share) {
      failing = share;
    },
    down(systems) {
      away = new Set(systems);
    },
    calls: (system) => counts.get(system) ?? 0,
    async stop() {
      for (const { server } of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
