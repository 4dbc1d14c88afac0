import { STATUS_CODES } from 'node:http';
import type { Problem } from '@crossdock/api-contract';
import { type ErrorCode, FlowError, fixOf, toFlowError, withFix } from '@crossdock/errors';

/** What body-parser, Express and the router throw: an Error with a status and often a `type`. */
interface HttpLibraryError {
  status: number;
  type?: string;
  message: string;
  limit?: number;
}

/**
 * Anything thrown on the way to an answer, as RFC 9457 problem details. What is not a FlowError and comes from no HTTP library
 * is a defect of ours: 500 without its inner text, which only the log gets.
 * @param instance path of the request, without its query (it may hold secrets)
 */
export function problemOf(error: unknown, instance: string): Problem {
  const known = asFlowError(error);
  const { http: status } = known.row;
  const detail = known.code === 'SYSTEM_UNEXPECTED' ? 'an unexpected error' : known.message;
  return {
    type: `urn:crossdock:error:${known.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: withFix(detail, fixOf(known.code, known.details)),
    code: known.code,
    instance,
    ...issuesOf(known),
  };
}

/** What `pg` throws while its server is away: connection exceptions (class 08), shut-downs (57P0x), and what the socket says. */
const DATABASE_AWAY = /^(08\w{3}|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE)$/;

function asFlowError(error: unknown): FlowError {
  if (isDatabaseAway(error)) return new FlowError('SYSTEM_DATABASE_UNAVAILABLE', { cause: error });
  if (error instanceof FlowError || !isHttpLibraryError(error)) return toFlowError(error);
  const details = { path: 'the request', reason: error.message, limit: error.limit ?? 0 };
  return new FlowError(codeOf(error), { details, cause: error });
}

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof FlowError) return false;
  if ('code' in error && DATABASE_AWAY.test(String(error.code))) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

function codeOf(error: HttpLibraryError): ErrorCode {
  if (error.status === 413) return 'API_TOO_LARGE';
  if (error.status === 415) return 'API_UNSUPPORTED_MEDIA';
  return error.status === 404 ? 'API_NOT_FOUND' : 'API_BAD_REQUEST';
}

function isHttpLibraryError(error: unknown): error is HttpLibraryError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500;
}

function issuesOf(error: FlowError): Pick<Problem, 'issues'> {
  return Array.isArray(error.details.issues) ? { issues: error.details.issues } : {};
}
