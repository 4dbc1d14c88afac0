import { isFlowError, reasonOf } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';
import type { Request, Response } from 'express';

/** Answers with a problem (RFC 9457): what is wrong, as a sentence. */
export function problem(response: Response, status: number, detail: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ title: 'Sandbox', status, detail }));
}

/** The body as JSON, no digit lost; undefined where it is none, which was answered then. */
export function readJson(request: Request, response: Response): unknown {
  const bytes: unknown = request.body;
  try {
    return parsePayload(Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '');
  } catch (error) {
    problem(response, 400, isFlowError(error) ? error.message : reasonOf(error));
    return undefined;
  }
}

/** The body as a JSON object; undefined where it is none, which was answered then. */
export function readObject(request: Request, response: Response, what: string): Record<string, unknown> | undefined {
  const body = readJson(request, response);
  if (body === undefined) return undefined;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  problem(response, 422, `${what} is a JSON object`);
  return undefined;
}

const MAX_PAGE = 1000;

/** One page of a list, or a sentence on what is wrong with `limit` or `cursor`. */
export function pageOf<Item>(
  found: readonly Item[],
  query: Request['query'],
): { items: readonly Item[]; nextCursor: string | null } | string {
  const limit = Number(query.limit ?? 100);
  const from = Number(query.cursor ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) return `limit must be from 1 to ${MAX_PAGE}`;
  if (!Number.isInteger(from) || from < 0) return 'cursor must be one that a former answer gave';
  const next = from + limit;
  return { items: found.slice(from, next), nextCursor: next < found.length ? String(next) : null };
}
