import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type Router } from 'express';
import type { Logger } from '../log.ts';
import { answerProblems, nothingHere } from './answer-problem.ts';
import { designerAssets } from './designer-assets.ts';
import { type HealthOptions, healthRoutes } from './health.ts';
import { securityHeaders, setHookHeaders } from './security-headers.ts';

export interface AppParts {
  readonly log: Logger;
  readonly health: HealthOptions;
  /** The hooks, where this listener serves them. */
  readonly ingress?: RequestListener;
  /** Everything under `/api/v1`. */
  readonly api?: Router;
  /** Folder of the built designer. */
  readonly designerFolder?: string;
}

/** One listener's answers: hooks first and apart, then health, the API and the designer; whatever is left is a problem. */
export function createApp({ log, health, ingress, api, designerFolder }: AppParts): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(securityHeaders, healthRoutes(health));
  if (api) app.use(api);
  if (designerFolder) app.use(designerAssets(designerFolder));
  app.use(nothingHere);
  app.use(answerProblems(log));
  return (request, response) => {
    logRequest(log, request, response);
    if (!ingress || !isHook(request)) return app(request, response);
    setHookHeaders(response);
    ingress(request, response);
  };
}

function isHook({ url = '/' }: IncomingMessage): boolean {
  return url.startsWith('/hooks/');
}

function logRequest(log: Logger, { url = '/', method }: IncomingMessage, response: ServerResponse): void {
  if (!log.isLevelEnabled('debug')) return;
  const startedAt = performance.now();
  response.once('close', () => {
    const durationMs = Math.round(performance.now() - startedAt);
    // Without the query, which may hold secrets.
    log.debug({ method, path: url.split('?', 1)[0], status: response.statusCode, durationMs }, 'request');
  });
}
