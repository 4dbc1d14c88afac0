import { reasonOf } from '@crossdock/errors';
import express, { type ErrorRequestHandler, type Express, type Response, type Router } from 'express';
import type { Logger } from '../log.ts';
import { faultPlayer } from './fault-player.ts';
import { readFaults } from './faults.ts';
import type { OrderStore } from './order-store.ts';
import { pageOf, problem, readJson } from './problem.ts';

const MAX_BODY = '10mb';
const MAX_KEY_LENGTH = 255;

export interface SandboxRoutes {
  readonly store: OrderStore;
  /** The other systems, and their journeys. */
  readonly others: readonly Router[];
  readonly log: Logger;
  /** Ends waits of slow answers. */
  readonly stopped: AbortSignal;
}

/** The simulated ERP: orders, how often it was asked, and the faults it plays; and the other systems beside it. */
export function sandboxRoutes({ store, others, log, stopped }: SandboxRoutes): Express {
  const app = express().disable('x-powered-by').disable('etag');
  const erp = faultPlayer('ERP', stopped);
  let requests = 0;
  let replays = 0;

  app.use(express.raw({ type: () => true, limit: MAX_BODY }));

  app.post('/orders', async (request, response) => {
    requests++;
    const mode = await erp.play(request, response);
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
    const mode = await erp.play(request, response);
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
    const { orderNo } = request.query;
    const orders = store.all();
    const page = pageOf(
      orderNo === undefined ? orders : orders.filter((one) => one.orderNo === orderNo),
      request.query,
    );
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

  app.get('/faults', (_request, response) => void response.json(erp.faults()));
  app.put('/faults', (request, response) => {
    const body = readJson(request, response);
    if (body === undefined) return;
    const read = readFaults(body, Date.now());
    if (typeof read === 'string') return problem(response, 400, read);
    erp.set(read);
    log.info({ faults: read }, 'the sandbox ERP plays faults');
    response.json(read);
  });

  for (const router of others) app.use(router);
  app.use((request, response) => problem(response, 404, `${request.method} ${request.path} is not offered here`));
  app.use(((error, _request, response, _next) => {
    if (stopped.aborted || response.headersSent) return void response.destroy();
    const status = Number((error as { status?: unknown }).status ?? 500);
    if (status >= 500) log.error({ err: error }, 'the sandbox failed');
    problem(response, status, reasonOf(error));
  }) satisfies ErrorRequestHandler);
  return app;
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
