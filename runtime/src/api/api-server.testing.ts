import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '@crossdock/api-contract';
import { type Bus, connectBus } from '@crossdock/bus';
import { startNatsServer } from '@crossdock/bus/testing';
import express from 'express';
import { pino } from 'pino';
import { type RecordChange, recordedBySystem } from '../audit/index.ts';
import { type Auth, createAuth } from '../auth/index.ts';
import { type Connections, openConnections } from '../connections/index.ts';
import { createEgress, createForesight, createGuardedConnect } from '../egress/index.ts';
import { createMetrics } from '../metrics.ts';
import { type SeedOptions, seedFirstStart } from '../seed/index.ts';
import { databaseFor } from '../store/database-for.testing.ts';
import { type Database, openDatabase } from '../store/index.ts';
import { openKeyRing, openVault, type Vault } from '../vault/index.ts';
import { type ApiOptions, createApi, createEventHub, type EventHub } from './index.ts';

export const ADMIN = { email: 'admin@example.test', password: 'a long test password' };
export const ADMIN_KEY = 'cdk_test_admin_4b1f6f0e2d3c4a5b8c7d9e0f1a2b';

/** The API on a real database, a real nats-server and a real socket, after a first start. */
export interface ApiServer {
  readonly url: string;
  readonly db: Database;
  readonly bus: Bus;
  readonly auth: Auth;
  readonly vault: Vault;
  readonly events: EventHub;
  /** The ways out, open to loopback alone. */
  readonly http: ReturnType<typeof createEgress>;
  readonly connect: ReturnType<typeof createGuardedConnect>;
  readonly connections: Connections;
  readonly seed: SeedOptions;
  /** For changes that tests make beside the API. */
  readonly recordBySystem: RecordChange;
  /** A call with the admin's key unless `headers` say otherwise; `body` goes as JSON, text as it is. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The answer's JSON; throws when the status is not `status`. */
  json<T>(status: number, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  /** A key of this role. */
  keyOf(role: Role): Promise<string>;
  stop(): Promise<void>;
}

export async function startApiServer(
  options: { flowsDir?: string; http?: ApiOptions['http'] } = {},
): Promise<ApiServer> {
  const log = pino({ level: 'silent' });
  const dir = await mkdtemp(join(tmpdir(), 'crossdock-api-'));
  const secretKey = new Uint8Array(32).fill(3);
  const [nats, db] = await Promise.all([
    startNatsServer(),
    databaseFor(dir).then((where) => openDatabase({ ...where, log })),
  ]);
  const bus = await connectBus({ servers: nats.url, replicas: 1, name: 'api test' });
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const auth = await createAuth({ db, log, secretKey, baseUrl: url });
  const vault = openVault({ secretKey });
  const keyRing = openKeyRing(secretKey);
  const connections = openConnections(bus.registry, keyRing);
  const events = createEventHub();
  const flowsDir = options.flowsDir ?? fileURLToPath(new URL('../../../flows', import.meta.url));
  const allow = ['127.0.0.1'];
  const refuses = createForesight({ allow, allowIn: bus.registry.egress });
  const seed: SeedOptions = {
    ...{ db, bus, auth, keyRing, refuses, log, flowsDir },
    ...{ adminEmail: ADMIN.email, adminPassword: ADMIN.password, adminApiKey: ADMIN_KEY },
    sandboxUrl: 'http://127.0.0.1:1',
  };
  await seedFirstStart(seed);
  const stopping = new AbortController();
  const http = options.http ?? createEgress({ allow });
  const connect = createGuardedConnect({ allow });
  const metrics = createMetrics();
  const api = createApi({
    ...{ db, bus, auth, vault, keyRing, connections, events, http, connect, refuses, log, metrics, flowsDir },
    ...{ egressAllow: () => allow, baseUrl: url, maxBodyBytes: 1 << 20, stopping: stopping.signal },
  });
  listener.on('request', express().use(api));

  const recordBySystem = recordedBySystem(db.kysely, 'api-key.made');
  const call: ApiServer['call'] = (method, path, body, headers = {}) =>
    fetch(url + path, {
      method,
      headers: {
        ...('authorization' in headers || 'cookie' in headers ? {} : { authorization: `Bearer ${ADMIN_KEY}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    ...{ url, db, bus, auth, vault, events, http, connect, connections, seed, recordBySystem, call },
    async json(status, method, path, body, headers) {
      const answer = await call(method, path, body, headers);
      const text = await answer.text();
      if (answer.status !== status)
        throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async keyOf(role) {
      const { key } = await auth.apiKeys.create({ name: `${role} of a test`, role, createdBy: 'test' }, recordBySystem);
      return key.key;
    },
    async stop() {
      stopping.abort();
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
      await bus.close();
      await nats.stop();
      await db.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** webhook → transform, at `path`. */
export function smallFlow(id: string, path = id, change: Record<string, unknown> = {}) {
  return {
    formatVersion: 1,
    id,
    name: id,
    nodes: [
      { id: 'hook', type: 'webhook', config: { path, method: 'POST' } },
      { id: 'map', type: 'transform', config: { mapping: '{ "order": name }' } },
    ],
    edges: [{ id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' }],
    ...change,
  };
}
