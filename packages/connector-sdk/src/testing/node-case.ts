import { errorToJson, isFlowError } from '@crossdock/errors';
import type { TSchema } from 'typebox';
import type { TypedManifest } from '../define-node-type.ts';
import type { NodeRunner } from '../run-context.ts';
import { runNodeForTest } from './run-node.ts';
import { type ReceivedRequest, startTestServer } from './test-server.ts';

/** One case of a node type's `cases.json`: what goes in and what must come out. */
export interface NodeCase {
  readonly title: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly input?: unknown;
  readonly trigger?: unknown;
  readonly nodes?: Readonly<Record<string, unknown>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  /** What a real server answers, one after the other; its address is `$vars.server`. */
  readonly answers?: readonly {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
  }[];
  /** What comes out, to be compared: whatever a case leaves out is not compared. */
  readonly expect: {
    readonly emits?: readonly { readonly handle: string; readonly payload: unknown }[];
    readonly replies?: readonly unknown[];
    /** CloudEvents that were emitted, each with its order key. */
    readonly events?: readonly unknown[];
    /** Messages that were published. */
    readonly messages?: readonly unknown[];
    readonly requests?: readonly Partial<ReceivedRequest>[];
    /** Code and details of the error it must end with. */
    readonly error?: { readonly code: string; readonly details?: Readonly<Record<string, unknown>> };
  };
}

/** Runs a case and gives what came out in the shape of its `expect`, for the test runner's own comparison. */
export async function runCase(
  manifest: TypedManifest<TSchema, string>,
  runner: NodeRunner<never, never>,
  one: NodeCase,
): Promise<NodeCase['expect']> {
  const answers = [...(one.answers ?? [])];
  const server = await startTestServer((_request, response) => {
    const { status, headers = {}, body } = answers.shift() ?? { status: 500, body: 'the case has no more answers' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, typeof body === 'string' ? headers : { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : text);
  });
  try {
    const options = { ...one, vars: { ...one.vars, server: server.url } };
    return { ...(await runNodeForTest(manifest, runner, options)), requests: server.requests };
  } catch (error) {
    if (!isFlowError(error)) throw error;
    const { code, details = {} } = errorToJson(error);
    return { error: { code, details }, requests: server.requests };
  } finally {
    await server.close();
  }
}
