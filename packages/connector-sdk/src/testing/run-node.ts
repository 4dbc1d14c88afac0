import { configExpressions, schemaProblems } from '@crossdock/flow-model';
import { compileMapping } from '@crossdock/mapping';
import type { TSchema } from 'typebox';
import type { OpenConnection } from '../define-connection-type.ts';
import type { TypedManifest } from '../define-node-type.ts';
import type {
  BlobPort,
  CloudEvent,
  HttpPort,
  MessagePort,
  NodeRunner,
  Reply,
  RunContext,
  RunMeta,
  StatusPort,
  XrefPort,
} from '../run-context.ts';
import { loopbackHttp } from './loopback-http.ts';
import { memoryBlobs } from './memory-blobs.ts';

export interface NodeTestOptions {
  /** As in a flow document: defaults are filled in and expressions evaluated, as the engine does. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly input?: unknown;
  readonly trigger?: unknown;
  readonly nodes?: Readonly<Record<string, unknown>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly meta?: Partial<RunMeta>;
  readonly idempotencyKey?: string;
  /** Default: 5 s. */
  readonly signal?: AbortSignal;
  /** Default: real calls to loopback addresses. */
  readonly http?: HttpPort;
  readonly blobs?: BlobPort;
  /** The connection that the node names. */
  readonly connection?: OpenConnection;
  /** What the bus answers to a publish. Default: nothing with `confirm` false, else stream `TEST` and the number of the message. */
  readonly publish?: MessagePort['publish'];
  /** Default: nobody else holds anything, and what is linked is accepted. */
  readonly xrefs?: XrefPort;
  /** Default: nothing is mapped. */
  readonly statuses?: StatusPort;
}

export type PublishedMessage = Parameters<MessagePort['publish']>[0];

export interface NodeOutcome {
  readonly emits: readonly { readonly handle: string; readonly payload: unknown }[];
  readonly replies: readonly Reply[];
  readonly events: readonly { readonly key: string; readonly event: CloudEvent }[];
  readonly messages: readonly PublishedMessage[];
}

const XREFS: XrefPort = {
  reserve: async ({ holdMs }) => ({ kind: 'reserved', recordId: 'record-1', until: holdMs }),
  link: async () => ({ recordId: 'record-1' }),
  release: async () => true,
};

const META: RunMeta = {
  executionId: '01935a3c-0000-7000-8000-000000000001',
  flowId: 'test-flow',
  revision: 1,
  env: 'dev',
  nodeId: 'node',
  attempt: 1,
  receivedAt: '2026-11-23T10:30:00.000Z',
  headers: {},
  key: {},
};

/**
 * Runs one attempt of a node as the engine would and gives what it emitted and replied. Throws what the runner throws, and a plain error for
 * a config that the manifest does not allow.
 */
export async function runNodeForTest<Runner extends NodeRunner<never, never>>(
  manifest: TypedManifest<TSchema, string>,
  runner: Runner,
  options: NodeTestOptions,
): Promise<NodeOutcome> {
  const { input, trigger = input, nodes = {}, vars = {}, http = loopbackHttp(), blobs = memoryBlobs() } = options;
  const meta = { ...META, ...options.meta };
  const bindings = { trigger, nodes, vars, meta };
  const evaluate: RunContext['evaluate'] = async (source, on) => compileMapping(source).evaluate(on, bindings);
  const config = await configFor(manifest, options.config, (source) => evaluate(source, input));
  const emits: { handle: string; payload: unknown }[] = [];
  const replies: Reply[] = [];
  const events: { key: string; event: CloudEvent }[] = [];
  const messages: PublishedMessage[] = [];
  const context: RunContext = {
    config,
    meta,
    idempotencyKey: options.idempotencyKey ?? 'test-key',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    signal: options.signal ?? AbortSignal.timeout(5000),
    evaluate,
    emit: (handle, payload) => void emits.push({ handle, payload }),
    reply: async (reply) => void replies.push(reply),
    http,
    blobs,
    connection: async () => options.connection,
    xrefs: options.xrefs ?? XREFS,
    statuses: options.statuses ?? { find: () => undefined },
    events: { emit: async (key, event) => void events.push({ key, event }) },
    messages: {
      async publish(message) {
        messages.push(message);
        if (options.publish) return options.publish(message);
        return message.confirm ? { stream: 'TEST', seq: messages.length } : {};
      },
    },
  };
  // The types of config and handles were checked where manifest and runner meet, in `RunnersFor`.
  await (runner as unknown as NodeRunner)(input, context);
  return { emits, replies, events, messages };
}

async function configFor(
  manifest: TypedManifest<TSchema, string>,
  given: Readonly<Record<string, unknown>>,
  evaluate: (source: string) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const defaults = Object.entries(manifest.config.properties).flatMap(([name, field]) =>
    field.default === undefined ? [] : [[name, field.default] as const],
  );
  const config = structuredClone({ ...Object.fromEntries(defaults), ...given });
  for (const { kind, keys, value } of configExpressions(config, manifest.config)) {
    if (kind === 'expression') put(config, keys, await evaluate(String(value)));
  }
  const [problem] = schemaProblems(config, manifest.config);
  if (problem) throw new Error(`config ${problem.keys.join('.')} ${problem.reason}`);
  return config;
}

function put(config: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key = '', ...rest] = keys;
  if (rest.length > 0) put(config[key] as Record<string, unknown>, rest, value);
  else if (value === undefined) delete config[key];
  else config[key] = value;
}
