import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Logger } from '../log.ts';
import { answerProblems, nothingHere } from './answer-problem.ts';
import { designerAssets } from './designer-assets.ts';
import { type HealthOptions, healthRoutes } from './health.ts';
import { hookHeaders, securityHeaders } from './security-headers.ts';

export interface AppParts {
  readonly log: Logger;
  readonly health: HealthOptions;
  /** The hooks, where this listener serves them. */
  readonly ingress?: Router;
  /** Everything under `/api/v1`. */
  readonly api?: Router;
  /** Folder of the built designer. */
  readonly designerFolder?: string;
}

/** One listener's answers: hooks first and apart, then health, the API and the designer; whatever is left is a problem. */
export function createApp({ log, health, ingress, api, designerFolder }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(logRequests(log));
  if (ingress) app.use('/hooks', hookHeaders, ingress);
  app.use(securityHeaders, healthRoutes(health));
  if (api) app.use(api);
  if (designerFolder) app.use(designerAssets(designerFolder));
  app.use(nothingHere);
  app.use(answerProblems(log));
  return app;
}

function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    if (!log.isLevelEnabled('debug')) return next();
    const startedAt = performance.now();
    // Without the query, which may hold secrets.
    const path = request.path;
    response.once('close', () => {
      const durationMs = Math.round(performance.now() - startedAt);
      log.debug({ method: request.method, path, status: response.statusCode, durationMs }, 'request');
    });
    next();
  };
}
