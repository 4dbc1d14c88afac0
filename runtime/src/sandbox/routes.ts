import { setTimeout as delay } from 'node:timers/promises';
import { isFlowError, reasonOf } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Logger } from '../log.ts';
import { type FaultMode, type Faults, faultNow, NO_FAULTS, readFaults } from './faults.ts';
import type { OrderStore, StoredOrder } from './order-store.ts';

const MAX_PAGE = 1000;
const MAX_BODY = '10mb';
const MAX_KEY_LENGTH = 255;

/** The simulated ERP: orders, how often it was asked, and the faults it plays. `stopped` ends waits of slow answers. */
export function erpRoutes(store: OrderStore, log: Logger, stopped: AbortSignal): Express {
  const app = express().disable('x-powered-by').disable('etag');
  let faults: Faults = NO_FAULTS;
  let requests = 0;
  let replays = 0;

  app.use(express.raw({ type: () => true, limit: MAX_BODY }));

  app.post('/orders', async (request, response) => {
    requests++;
    const mode = await fault(request, response);
    if (mode === 'cut-before' || mode === 'fail') return;
    const order = readJson(request, response);
    if (order === undefined) return;
    const orderNo = orderNoOf(order, response);
    const key = request.get('idempotency-key');
    if (orderNo === undefined) return;
    if (key !== undefined && key.length > MAX_KEY_LENGTH)
      return problem(response, 400, `Idempotency-Key is longer than ${MAX_KEY_LENGTH} characters`);
    const result = await store.add(order as Record<string, unknown>, orderNo, key);
    if (result.outcome === 'replayed') replays++;
    if (mode === 'cut') return request.socket.destroy();
    if (result.outcome === 'key-reused')
      return problem(response, 409, 'this Idempotency-Key was used before with another body');
    if (result.outcome === 'replayed') response.set('Idempotent-Replay', 'true');
    const { id, storedAt } = result.stored;
    response.status(201).set('Location', `/orders/${id}`).json({ id, orderNo, storedAt });
  });

  app.post('/orders/:id/cancel', async (request, response) => {
    const mode = await fault(request, response);
    if (mode === 'cut-before' || mode === 'fail') return;
    const stored = await store.cancel(request.params.id);
    if (mode === 'cut') return request.socket.destroy();
    if (stored === undefined) return problem(response, 404, `order "${request.params.id}" does not exist`);
    response.json(stored);
  });

  app.get('/orders/count', (_request, response) => {
    const orders = store.all();
    const duplicates = orders.length - new Set(orders.map(({ orderNo }) => orderNo)).size;
    const cancelled = orders.filter(({ cancelledAt }) => cancelledAt !== undefined).length;
    response.json({ orders: orders.length, requests, replays, duplicates, cancelled });
  });

  app.get('/orders', (request, response) => {
    const page = pageOf(store.all(), request.query);
    if (typeof page === 'string') return problem(response, 400, page);
    response.json(page);
  });

  app.get('/orders/:id', (request, response) => {
    const stored = store.byId(request.params.id);
    if (stored === undefined) return problem(response, 404, `order "${request.params.id}" does not exist`);
    response.json(stored);
  });

  app.delete('/orders', async (_request, response) => {
    await store.clear();
    requests = 0;
    replays = 0;
    response.status(204).end();
  });

  app.get('/faults', (_request, response) => void response.json(faults));
  app.put('/faults', (request, response) => {
    const body = readJson(request, response);
    if (body === undefined) return;
    const read = readFaults(body, Date.now());
    if (typeof read === 'string') return problem(response, 400, read);
    faults = read;
    log.info({ faults }, 'the sandbox ERP plays faults');
    response.json(faults);
  });

  /** Plays the fault of the moment before the work; after `fail` and `cut-before` there is none to do. */
  async function fault(request: Request, response: Response): Promise<FaultMode> {
    const mode = faultNow(faults, Date.now(), Math.random());
    if (mode === 'cut-before') request.socket.destroy();
    if (mode === 'fail') problem(response, faults.status, 'the ERP is told to fail');
    if (mode === 'slow') await delay(faults.delayMs, undefined, { signal: stopped });
    return mode;
  }

  app.use((request, response) => problem(response, 404, `${request.method} ${request.path} is not offered here`));
  app.use(((error, _request, response, _next) => {
    if (stopped.aborted || response.headersSent) return void response.destroy();
    const status = Number((error as { status?: unknown }).status ?? 500);
    if (status >= 500) log.error({ err: error }, 'the sandbox ERP failed');
    problem(response, status, reasonOf(error));
  }) satisfies ErrorRequestHandler);
  return app;
}

function readJson(request: Request, response: Response): unknown {
  const bytes: unknown = request.body;
  try {
    return parsePayload(Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '');
  } catch (error) {
    problem(response, 400, isFlowError(error) ? error.message : reasonOf(error));
    return undefined;
  }
}

function orderNoOf(order: unknown, response: Response): string | undefined {
  if (typeof order !== 'object' || order === null || Array.isArray(order)) {
    problem(response, 422, 'an order is a JSON object');
    return undefined;
  }
  const { orderNo } = order as { orderNo?: unknown };
  if (typeof orderNo === 'string' && orderNo !== '') return orderNo;
  problem(response, 422, 'orderNo is missing: an order needs a text that names it');
  return undefined;
}

function pageOf(
  orders: readonly StoredOrder[],
  query: Request['query'],
): { items: readonly StoredOrder[]; nextCursor: string | null } | string {
  const limit = Number(query.limit ?? 100);
  const from = Number(query.cursor ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) return `limit must be from 1 to ${MAX_PAGE}`;
  if (!Number.isInteger(from) || from < 0) return 'cursor must be one that a former answer gave';
  const found = query.orderNo === undefined ? orders : orders.filter(({ orderNo }) => orderNo === query.orderNo);
  const next = from + limit;
  return { items: found.slice(from, next), nextCursor: next < found.length ? String(next) : null };
}

function problem(response: Response, status: number, detail: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ title: 'ERP', status, detail }));
}
