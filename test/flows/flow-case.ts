import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenConnection } from '@crossdock/connector-sdk';
import { loopbackHttp, memoryBlobs, startTestServer } from '@crossdock/connector-sdk/testing';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { runnersByType } from '@crossdock/connectors/runners';
import { type OnceResult, runOnce, systemClock } from '@crossdock/engine';
import { type Flow, parseFlow } from '@crossdock/flow-model';

const FLOWS = fileURLToPath(new URL('../../flows', import.meta.url));

/** One case of a flow, as in `flows/<flow>/cases/*.json`. */
export interface FlowCase {
  readonly name: string;
  /** The payload is this sample of the flow, or `payload`. */
  readonly sample?: string;
  readonly payload?: unknown;
  /** Laid over the payload as a JSON merge patch (RFC 7396). */
  readonly patch?: unknown;
  readonly headers?: Record<string, string>;
  /** The trigger node, where the flow has several and it is not the first. */
  readonly trigger?: string;
  /** `real` when left out: calls are made. */
  readonly effects?: 'simulate' | 'real';
  /** What the system behind the flow answers, one after the other; its address is `$vars.erpUrl` and the base of every connection. Without one: 201 with an id. */
  readonly answers?: readonly {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
  }[];
  /** What comes out; whatever a case leaves out is not compared. */
  readonly expect: {
    readonly status: string;
    readonly error?: unknown;
    readonly reply?: unknown;
    /** Output of a node, by its id. */
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** Ids of the nodes that ran, each attempt once. */
    readonly ran?: readonly string[];
    /** What the system behind the flow got, bodies as JSON. */
    readonly requests?: readonly unknown[];
    /** What was published on NATS. */
    readonly messages?: readonly unknown[];
    /** How many different `Idempotency-Key`s the requests carried. */
    readonly keys?: number;
  };
}

export interface FlowWithCases {
  readonly id: string;
  readonly text: string;
  readonly flow: Flow;
  readonly cases: readonly FlowCase[];
}

/** Every flow of the repository with its cases. */
export function flowsWithCases(): FlowWithCases[] {
  return readdirSync(FLOWS).map((id) => {
    const text = readFileSync(join(FLOWS, id, 'flow.json'), 'utf8');
    const files = readdirSync(join(FLOWS, id, 'cases')).filter((name) => name.endsWith('.json'));
    const cases = files.flatMap(
      (name) => JSON.parse(readFileSync(join(FLOWS, id, 'cases', name), 'utf8')) as FlowCase[],
    );
    return { id, text, flow: parseFlow(text), cases };
  });
}

/** Runs a case through the engine, with real calls to a server that plays the system behind the flow. */
export async function runFlowCase(flow: Flow, one: FlowCase): Promise<FlowCase['expect']> {
  const answers = [...(one.answers ?? [])];
  const messages: unknown[] = [];
  const memory = new Map<string, unknown>();
  const server = await startTestServer((_request, response) => {
    const { status, headers = {}, body } = answers.shift() ?? { status: 201, body: { id: 'erp-1' } };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  try {
    const result = await runOnce({
      flow,
      payload: payloadOf(flow, one),
      effects: one.effects ?? 'real',
      ...(one.trigger === undefined ? {} : { triggerNodeId: one.trigger }),
      variables: { erpUrl: server.url, erpCompany: 'test' },
      ...(one.headers ? { headers: one.headers } : {}),
      ports: {
        manifests: manifestsByType,
        runners: runnersByType,
        http: () => loopbackHttp(),
        blobs: memoryBlobs(),
        connections: {
          open: async (env, name, types) => connectionTo(server.url, { env, name, type: types[0] ?? 'http', memory }),
        },
        clock: systemClock,
        messages: () => ({
          async publish(message) {
            messages.push(message);
            return {};
          },
        }),
        emit: async () => undefined,
        newToken: () => crypto.randomUUID(),
        random: () => 0.5,
      },
    });
    const requests = server.requests.map(({ body, ...rest }) => ({
      ...rest,
      body: body === '' ? '' : JSON.parse(body),
    }));
    const keys = new Set(server.requests.map(({ headers }) => headers['idempotency-key'])).size;
    return { ...outcomeOf(result), requests, messages, keys };
  } finally {
    await server.close();
  }
}

/** A connection of that type to the server, whatever its name; an Odoo one has a key that the server does not look at. */
function connectionTo(
  baseUrl: string,
  { env, name, type, memory }: Pick<OpenConnection, 'env' | 'name' | 'type' | 'memory'>,
): OpenConnection {
  const isOdoo = type === 'odoo';
  const settings = isOdoo ? { url: baseUrl, database: 'test', companies: [1] } : { baseUrl, auth: 'none' };
  return {
    id: name,
    env,
    name,
    type,
    version: 1,
    settings,
    credentials: isOdoo ? { apiKey: 'test-key' } : {},
    hosts: [baseUrl],
    memory,
  };
}

function outcomeOf({ status, error, reply, spans }: OnceResult): FlowCase['expect'] {
  const outputs = Object.fromEntries(
    spans.filter((span) => 'output' in span).map((span) => [span.nodeId, span.output]),
  );
  return { status, error, reply, outputs, ran: spans.map(({ nodeId }) => nodeId) };
}

function payloadOf(flow: Flow, { name, sample, payload, patch }: FlowCase): unknown {
  const base = sample === undefined ? payload : flow.samples?.find((one) => one.name === sample)?.payload;
  if (base === undefined) throw new Error(`case "${name}" has neither a payload nor a sample of the flow`);
  return patch === undefined ? base : merged(base, patch);
}

function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = typeof target === 'object' && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}
