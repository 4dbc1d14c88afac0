import { FlowError } from '@crossdock/errors';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '../log.ts';
import { problemOf } from './problem.ts';

/** Ends the chain: nothing is here. */
export const nothingHere: RequestHandler = (request, _response, next) => {
  next(new FlowError('API_NOT_FOUND', { details: { what: 'page', id: request.path } }));
};

/** For routes that exist, with another method. */
export function onlyMethods(...methods: string[]): RequestHandler {
  return (request, response, next) => {
    if (methods.includes(request.method)) return next();
    response.set('Allow', methods.join(', '));
    next(new FlowError('API_METHOD_NOT_ALLOWED', { details: { method: request.method } }));
  };
}

/** The one place where an error becomes an answer: problem details, and a log line when it is our trouble. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    const problem = problemOf(error, request.originalUrl.split('?')[0] ?? '/');
    if (problem.code === 'SYSTEM_UNEXPECTED')
      log.error({ err: error, method: request.method, path: problem.instance }, 'a request failed unexpectedly');
    // The answer is under way: only breaking the connection tells the caller.
    if (response.headersSent) return next(error);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}
