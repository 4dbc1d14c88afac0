import type { Acceptance, Bus } from '@crossdock/bus';
import type { BlobPort, BlobRef, Reply } from '@crossdock/connector-sdk';
import { errorFromJson, FlowError } from '@crossdock/errors';
import type { Response } from 'express';
import type { Hook } from './hook-index.ts';

/** A flow's answer must not steer the connection, nor plant cookies on the origin that it may share with the designer. */
const NOT_SENT = new Set(['connection', 'content-length', 'keep-alive', 'set-cookie', 'transfer-encoding', 'upgrade']);

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
export async function answer(response: Response, hook: Hook, acceptance: Acceptance, bus: Bus): Promise<void> {
  const { executionId, reply } = acceptance;
  if (hook.response === 'accepted') {
    response.status(202).location(`/api/v1/executions/${executionId}`).json({ executionId });
    return;
  }
  if (reply === undefined)
    throw new ExecutionProblem(
      new FlowError('API_TIMEOUT', { details: { timeoutMs: hook.respondTimeoutMs } }),
      executionId,
    );
  if (!('ended' in reply)) return sendReply(response, reply, bus.blobs);
  if (reply.ended === 'succeeded') {
    response.status(200).json({ executionId, status: reply.ended });
    return;
  }
  const snapshot = await bus.executions.read(executionId).catch(() => undefined);
  throw new ExecutionProblem(
    snapshot?.error
      ? errorFromJson(snapshot.error)
      : new FlowError('REMOTE_ERROR', { message: `the execution ended as "${reply.ended}"` }),
    executionId,
  );
}

async function sendReply(response: Response, { status, headers, body }: Reply, blobs: BlobPort): Promise<void> {
  const bytes = isBlob(body) ? await blobs.get(body.$blob.ref) : undefined;
  response.status(status);
  // A page that a flow makes runs without the rights of this origin.
  response.set({ 'Content-Security-Policy': 'sandbox', 'X-Content-Type-Options': 'nosniff' });
  for (const [name, value] of Object.entries(headers)) if (!NOT_SENT.has(name.toLowerCase())) response.set(name, value);
  if (isBlob(body)) {
    if (!response.hasHeader('content-type')) response.set('Content-Type', body.$blob.contentType);
    response.end(bytes);
  } else if (body === undefined || body === null) response.end();
  else if (typeof body === 'string') {
    if (!response.hasHeader('content-type')) response.type('text/plain');
    response.end(body);
  } else {
    if (!response.hasHeader('content-type')) response.type('application/json');
    response.end(JSON.stringify(body));
  }
}

function isBlob(body: unknown): body is BlobRef {
  return typeof body === 'object' && body !== null && typeof (body as Partial<BlobRef>).$blob?.ref === 'string';
}
