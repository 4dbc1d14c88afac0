import { Router } from 'express';
import type { Journeys } from './journeys.ts';
import { problem, readJson } from './problem.ts';
import { readRunOptions } from './run-options.ts';

/** The control of the journeys: start, look, read the truth, stop. */
export function journeyRoutes(journeys: Journeys): Router {
  const router = Router();

  router.post('/journeys', async (request, response) => {
    const body = readJson(request, response);
    if (body === undefined) return;
    const options = readRunOptions(body, Date.now());
    if (typeof options === 'string') return problem(response, 400, options);
    response.status(202).json(await journeys.start(options));
  });

  router.get('/journeys', (_request, response) => void response.json({ items: journeys.runs() }));

  router.get('/journeys/:run', (request, response) => {
    const found = journeys.runs().find(({ run }) => run === request.params.run);
    if (found) response.json(found);
    else problem(response, 404, `run "${request.params.run}" does not exist`);
  });

  router.get('/journeys/:run/truth', (request, response) => {
    const orders = journeys.truth(request.params.run);
    if (orders) response.json({ orders });
    else problem(response, 404, `run "${request.params.run}" does not exist`);
  });

  router.delete('/journeys/:run', async (request, response) => {
    if (await journeys.remove(request.params.run)) response.status(204).end();
    else problem(response, 404, `run "${request.params.run}" does not exist`);
  });

  return router;
}
