import { type Response, Router } from 'express';
import { AggregatorRegistry } from 'prom-client';
import type { Metrics, MetricsSnapshot } from '../metrics.ts';
import { onlyMethods } from './answer-problem.ts';

const CHECK_TIMEOUT_MS = 4000;

/** What must be well for this process to be ready: each rejects with the reason when it is not. */
export type Checks = Readonly<Record<string, () => Promise<void>>>;

export interface HealthOptions {
  /** Looked up at each request: pieces are added while the process starts. */
  readonly checks: () => Checks;
  readonly isStopping: () => boolean;
  readonly metrics: Metrics;
  /** What other processes of this start have counted. */
  readonly workerMetrics: () => MetricsSnapshot[];
}

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthRoutes({ checks, isStopping, metrics, workerMetrics }: HealthOptions): Router {
  const router = Router();
  router.all(['/healthz', '/readyz', '/metrics'], onlyMethods('GET', 'HEAD'));
  router.get('/healthz', (_request, response) => {
    noStore(response).json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const results = await Promise.all(
      Object.entries(checks()).map(async ([name, check]) => [name, await outcome(check)]),
    );
    if (isStopping()) results.push(['process', 'stopping']);
    const isReady = results.every(([, result]) => result === 'ok');
    noStore(response)
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? 'ready' : 'not ready', checks: Object.fromEntries(results) });
  });
  router.get('/metrics', async (_request, response) => {
    const registry = AggregatorRegistry.aggregate([await metrics.snapshot(), ...workerMetrics()]);
    noStore(response)
      .set('Content-Type', registry.contentType)
      .send(await registry.metrics());
  });
  return router;
}

async function outcome(check: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, `no answer within ${CHECK_TIMEOUT_MS} ms`);
  });
  const done = check().then(
    () => 'ok',
    // Who may ask is unknown: the reason in our words, nothing of addresses or stacks.
    (error: unknown) => (error instanceof Error ? error.message : 'not well'),
  );
  const result = await Promise.race([done, late]);
  clearTimeout(timer);
  return result;
}

function noStore(response: Response): Response {
  return response.set('Cache-Control', 'no-store');
}
