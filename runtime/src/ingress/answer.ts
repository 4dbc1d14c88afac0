import type { ServerResponse } from 'node:http';
import type { Acceptance, Bus } from '@crossdock/bus';
import type { BlobPort, BlobRef, Reply } from '@crossdock/connector-sdk';
import { errorFromJson, FlowError } from '@crossdock/errors';
import type { Hook } from './hook-index.ts';

/** A flow's answer must not steer the connection, nor plant cookies on the origin that it may share with the designer. */
const NOT_SENT = new Set(['connection', 'content-length', 'keep-alive', 'set-cookie', 'transfer-encoding', 'upgrade']);

const JSON_TYPE = 'application/json; charset=utf-8';

/** An error that knows the execution it is about. */
export class ExecutionProblem extends Error {
  readonly error: unknown;
  readonly executionId: string;

  constructor(error: unknown, executionId: string) {
    super('an execution without an answer', { cause: error });
    this.error = error;
    this.executionId = executionId;
  }
}

/**
 * Answers the caller: 202 with the execution id, or what the `respond` node said. An execution that ended without an answer gives 200 when
 * it succeeded, else its own error. Throws `ExecutionProblem` (504 when time is up).
 */
export async function answer(response: ServerResponse, hook: Hook, acceptance: Acceptance, bus: Bus): Promise<void> {
  const { executionId, reply } = acceptance;
  if (hook.response === 'accepted') {
    response.setHeader('Location', `/api/v1/executions/${executionId}`);
    return answerJson(response, { executionId }, { status: 202 });
  }
  if (reply === undefined)
    throw new ExecutionProblem(
      new FlowError('API_TIMEOUT', { details: { timeoutMs: hook.respondTimeoutMs } }),
      executionId,
    );
  if (!('ended' in reply)) return sendReply(response, reply, bus.blobs);
  if (reply.ended === 'succeeded') {
    return answerJson(response, { executionId, status: reply.ended }, { status: 200 });
  }
  const snapshot = await bus.executions.read(executionId).catch(() => undefined);
  throw new ExecutionProblem(
    snapshot?.error
      ? errorFromJson(snapshot.error)
      : new FlowError('REMOTE_ERROR', { message: `the execution ended as "${reply.ended}"` }),
    executionId,
  );
}

async function sendReply(response: ServerResponse, { status, headers, body }: Reply, blobs: BlobPort): Promise<void> {
  const bytes = isBlob(body) ? await blobs.get(body.$blob.ref) : undefined;
  response.statusCode = status;
  // A page that a flow makes runs without the rights of this origin.
  response.setHeader('Content-Security-Policy', 'sandbox');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  for (const [name, value] of Object.entries(headers))
    if (!NOT_SENT.has(name.toLowerCase())) response.setHeader(name, value);
  const type = (otherwise: string) => {
    if (!response.hasHeader('content-type')) response.setHeader('Content-Type', otherwise);
  };
  if (isBlob(body)) {
    type(body.$blob.contentType);
    response.end(bytes);
  } else if (body === undefined || body === null) response.end();
  else if (typeof body === 'string') {
    type('text/plain; charset=utf-8');
    response.end(body);
  } else {
    type(JSON_TYPE);
    response.end(JSON.stringify(body));
  }
}

/** Ends the answer with a value as JSON. */
export function answerJson(
  response: ServerResponse,
  value: unknown,
  { status, type = JSON_TYPE }: { status: number; type?: string },
): void {
  const text = JSON.stringify(value);
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

function isBlob(body: unknown): body is BlobRef {
  return typeof body === 'object' && body !== null && typeof (body as Partial<BlobRef>).$blob?.ref === 'string';
}
