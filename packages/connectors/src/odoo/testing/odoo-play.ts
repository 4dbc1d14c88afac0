import type { OpenConnection } from '@crossdock/connector-sdk';
import { type ReceivedRequest, startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';
import { type FlowError, isFlowError } from '@crossdock/errors';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** JSON when left out. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** A call as it came in, by whichever interface; `args` are those by name, `context` among them. */
export interface PlayedCall {
  readonly model: string;
  readonly method: string;
  readonly ids?: unknown;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A server that answers as an Odoo does, with what a test says. Of JSON-RPC it takes the login `admin` with the key `key-1`. */
export interface OdooPlay {
  readonly server: TestServer;
  /** Version that it tells; from 19 on it has JSON-2. */
  major: number;
  answer: (call: PlayedCall) => Answer;
  /** A connection to it. */
  connection(settings?: object, apiKey?: string): OpenConnection;
  /** Bodies that were posted. */
  bodies(): readonly Record<string, unknown>[];
}

export async function startOdooPlay(): Promise<OdooPlay> {
  const server = await startTestServer((request, response) => {
    const { status, body, type = 'application/json', headers = {} } = answerOf(play, request);
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(type === 'application/json' ? JSON.stringify(body) : String(body));
  });
  const play: OdooPlay = {
    server,
    major: 19,
    answer: () => ok(true),
    connection: (settings = {}, apiKey = 'key-1') => ({
      ...{ id: 'c1', env: 'dev', name: 'odoo', type: 'odoo', version: 1, memory: new Map() },
      settings: { url: server.url, database: 'prod', companies: [3, 1], lang: 'de_DE', login: 'admin', ...settings },
      credentials: { apiKey },
      hosts: [server.url],
    }),
    bodies: () => server.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body)),
  };
  return play;
}

/** The error of a run that fails with one. */
export const failureOf = (run: Promise<unknown>): Promise<FlowError | undefined> =>
  run.then(
    () => undefined,
    (error: unknown) => (isFlowError(error) ? error : undefined),
  );

function answerOf(play: OdooPlay, { url, body }: ReceivedRequest): Answer {
  const version = [play.major, 0, 0, 'final', 0, ''];
  if (url === '/web/version')
    return play.major >= 19
      ? ok({ version_info: version, version: `${play.major}.0` })
      : { status: 404, body: '<!DOCTYPE html>', type: 'text/html' };
  const sent = JSON.parse(body);
  const [, model, method] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
  if (model && method) {
    const { ids, ...args } = sent;
    return play.answer({ model, method, args, ...(ids === undefined ? {} : { ids }) });
  }
  const { method: rpc, args } = sent.params;
  if (rpc === 'version')
    return rpcAnswer(ok({ server_version: `${play.major}.0`, server_version_info: version, protocol_version: 1 }));
  if (rpc === 'authenticate') return rpcAnswer(ok(args[1] === 'admin' && args[2] === 'key-1' ? 2 : false));
  const [ids] = args[5];
  return rpcAnswer(play.answer({ model: args[3], method: args[4], ids, args: args[6] }));
}

/** What is no JSON-RPC yet becomes its result; nothing has no `result`. */
function rpcAnswer(answer: Answer): Answer {
  const { body } = answer;
  if (answer.type !== undefined || (typeof body === 'object' && body !== null && 'jsonrpc' in body)) return answer;
  return { ...answer, body: { jsonrpc: '2.0', id: 1, ...(body === null ? {} : { result: body }) } };
}
