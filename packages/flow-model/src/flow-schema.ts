import Type from 'typebox';
import { DEFAULT_NODE_TIMEOUT_MS } from './document.ts';
import { AnswersSchema, FlowTestSchema, record } from './flow-test-schema.ts';

const DAY_MS = 86_400_000;
const strict = { additionalProperties: false } as const;

/** Ids of nodes and edges. */
export const NODE_ID_PATTERN = '^[A-Za-z0-9_-]{1,64}$';
/** Names that connections may have. */
export const CONNECTION_NAME_PATTERN = '^[a-z0-9][a-z0-9-]{0,63}$';
/** Ids of flows. */
export const FLOW_ID_PATTERN = '^[a-z0-9-]{1,64}$';

const NodeSchema = Type.Object(
  {
    id: Type.String({
      pattern: NODE_ID_PATTERN,
      description: 'Unique in the flow; part of every idempotency key, so it stays when the node is renamed.',
    }),
    type: Type.String({ minLength: 1, maxLength: 100, description: 'Node type, such as http.request.' }),
    typeVersion: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    description: Type.Optional(Type.String({ maxLength: 5000 })),
    config: record(Type.Unknown(), { description: 'Settings, as the node type declares them.' }),
    connection: Type.Optional(
      Type.String({
        pattern: CONNECTION_NAME_PATTERN,
        description: 'Name of a connection, resolved per environment.',
      }),
    ),
    retry: Type.Optional(
      Type.Object(
        {
          maxAttempts: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 1000, default: 6, description: 'Every try counts, the first too.' }),
          ),
          initialDelayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: DAY_MS, default: 500 })),
          factor: Type.Optional(Type.Number({ minimum: 1, maximum: 100, default: 2 })),
          maxDelayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 * DAY_MS, default: 3_600_000 })),
          jitter: Type.Optional(
            Type.Number({ minimum: 0, maximum: 1, default: 0.2, description: 'Share of the delay: 0.2 is ± 20 %.' }),
          ),
        },
        { ...strict, description: 'When the node fails in a way that may pass.' },
      ),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: DAY_MS,
        default: DEFAULT_NODE_TIMEOUT_MS,
        description: 'For one attempt. Node types that call slow systems have a longer default.',
      }),
    ),
    onError: Type.Optional(
      Type.Unsafe<'stop' | 'continue' | 'branch'>({
        type: 'string',
        enum: ['stop', 'continue', 'branch'],
        default: 'stop',
        description:
          'stop: the execution fails. continue: the error becomes the payload. branch: it leaves by the handle "error".',
      }),
    ),
    breaker: Type.Optional(
      Type.Object(
        {
          failures: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 1000, default: 5, description: 'So many failures open it.' }),
          ),
          windowMs: Type.Optional(
            Type.Integer({ minimum: 1000, maximum: DAY_MS, default: 60_000, description: 'Within this time.' }),
          ),
          openMs: Type.Optional(
            Type.Integer({ minimum: 100, maximum: DAY_MS, default: 10_000, description: 'First pause.' }),
          ),
          maxOpenMs: Type.Optional(
            Type.Integer({ minimum: 100, maximum: DAY_MS, default: 300_000, description: 'Longest pause.' }),
          ),
        },
        { ...strict, description: 'Pauses calls to a remote that keeps failing; shared by all workers.' },
      ),
    ),
    rateLimit: Type.Optional(
      Type.Object(
        {
          limit: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Calls.' }),
          periodMs: Type.Integer({ minimum: 100, maximum: DAY_MS, default: 1000, description: 'In this time.' }),
        },
        { ...strict, description: 'At most so many calls, over all workers and flows that share the remote.' },
      ),
    ),
    compensate: Type.Optional(
      Type.String({
        pattern: NODE_ID_PATTERN,
        description: 'Id of the action that undoes this effect when the execution fails or is cancelled later.',
      }),
    ),
    idempotency: Type.Optional(
      Type.Unsafe<'keyed' | 'none'>({
        type: 'string',
        enum: ['keyed', 'none'],
        description:
          'none: the target cannot tell a repeated call from a new one. Left out, the node type decides: keyed, but for those that call any method.',
      }),
    ),
    onDoubt: Type.Optional(
      Type.Unsafe<'ask' | 'retry' | 'skip'>({
        type: 'string',
        enum: ['ask', 'retry', 'skip'],
        default: 'ask',
        description:
          'With idempotency "none", when nobody knows whether a call was done. ask: a person decides. retry: call again. skip: take it for done.',
      }),
    ),
  },
  strict,
);

const EdgeSchema = Type.Object(
  {
    id: Type.String({ pattern: NODE_ID_PATTERN }),
    source: Type.String({ description: 'Node id.' }),
    sourceHandle: Type.String(),
    target: Type.String({ description: 'Node id.' }),
    targetHandle: Type.String(),
  },
  strict,
);

const mappingOnTrigger = (use: string) => Type.String({ description: `JSONata on the trigger payload. ${use}` });

const SettingsSchema = Type.Object(
  {
    businessKeys: Type.Optional(
      record(mappingOnTrigger('Its value is searchable.'), {
        propertyNames: { minLength: 1, maxLength: 64 },
        description: 'Name → JSONata.',
      }),
    ),
    dedupeKey: Type.Optional(mappingOnTrigger('The same value within 24 h is the same execution.')),
    orderingKey: Type.Optional(mappingOnTrigger('Executions with one value run in order.')),
    orderingBehindWaiting: Type.Optional(
      Type.Unsafe<'wait' | 'pass'>({
        type: 'string',
        enum: ['wait', 'pass'],
        default: 'wait',
        description:
          'Whether those behind an execution that waits (a durable retry, a wait node, a doubt) wait with it, or pass it.',
      }),
    ),
    concurrency: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        default: 64,
        description: 'Executions at once, over all workers.',
      }),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 365 * DAY_MS, default: DAY_MS, description: 'For a whole execution.' }),
    ),
    mask: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Paths of names, * (any key or index) and ** (any depth) whose values are sealed wherever what comes in rests. Samples are not sealed.',
      }),
    ),
    testsGate: Type.Optional(
      Type.Unsafe<'information' | 'publish'>({
        type: 'string',
        enum: ['information', 'publish'],
        default: 'information',
        description: 'publish: a draft with a test that fails is not published.',
      }),
    ),
  },
  strict,
);

const SampleSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    payload: Type.Unknown(),
    headers: Type.Optional(record(Type.String())),
    answers: Type.Optional(AnswersSchema),
  },
  strict,
);

const LayoutColorSchema = Type.Unsafe<'grey' | 'blue' | 'green' | 'amber' | 'red' | 'violet'>({
  type: 'string',
  enum: ['grey', 'blue', 'green', 'amber', 'red', 'violet'],
});

const GroupSchema = Type.Object(
  {
    id: Type.String({ pattern: NODE_ID_PATTERN }),
    title: Type.String({ maxLength: 200 }),
    color: LayoutColorSchema,
    nodes: Type.Array(Type.String(), { maxItems: 1000, description: 'Node ids.' }),
  },
  { ...strict, description: 'A coloured frame with a title around nodes.' },
);

const NoteSchema = Type.Object(
  {
    id: Type.String({ pattern: NODE_ID_PATTERN }),
    x: Type.Number(),
    y: Type.Number(),
    width: Type.Number({ minimum: 80, maximum: 2000 }),
    height: Type.Number({ minimum: 40, maximum: 2000 }),
    color: LayoutColorSchema,
    text: Type.String({ maxLength: 10_000 }),
  },
  { ...strict, description: 'Words on the canvas.' },
);

const LayoutSchema = Type.Object(
  {
    nodes: record(Type.Object({ x: Type.Number(), y: Type.Number() }, strict)),
    groups: Type.Optional(Type.Array(GroupSchema, { maxItems: 200 })),
    notes: Type.Optional(Type.Array(NoteSchema, { maxItems: 200 })),
    targets: Type.Optional(
      record(
        Type.Union([
          Type.Object({ example: Type.Unknown() }, strict),
          Type.Object({ schema: record(Type.Unknown()) }, strict),
        ]),
        {
          description:
            "By node id: what its mapping is to make, as an example or a JSON Schema; for the mapper's eyes only.",
        },
      ),
    ),
  },
  { ...strict, description: 'Where things stand on the canvas; no part of the meaning.' },
);

/**
 * The JSON Schema (2020-12) of a flow document, and the one source for it: `flow.schema.json` is written from it, `Flow` is checked
 * against it by the compiler, the order of its properties is the order of fields in a serialised flow.
 */
export const flowSchema = Type.Object(
  {
    formatVersion: Type.Literal(1),
    id: Type.String({ pattern: FLOW_ID_PATTERN, description: 'Never changes: hooks and idempotency keys use it.' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    description: Type.Optional(Type.String({ maxLength: 5000 })),
    nodes: Type.Array(NodeSchema, { maxItems: 1000 }),
    edges: Type.Array(EdgeSchema, { maxItems: 5000 }),
    settings: Type.Optional(SettingsSchema),
    samples: Type.Optional(Type.Array(SampleSchema, { maxItems: 100 })),
    tests: Type.Optional(Type.Array(FlowTestSchema, { maxItems: 200 })),
    layout: Type.Optional(LayoutSchema),
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:crossdock:flow:1',
    title: 'Crossdock flow',
    ...strict,
  },
);
