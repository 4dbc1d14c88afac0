import type { DiffSummary, Flow, FlowDiff, NodeManifest } from '@crossdock/flow-model';
import Type, { type Static, type TSchema } from 'typebox';
import { ROLES } from './permissions.ts';

export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339 UTC with milliseconds' });
const Cursor = Type.Union([Type.String(), Type.Null()]);
export const page = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(item), nextCursor: Cursor });
export const literals = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });

export const FlowId = Type.String({ pattern: '^[a-z0-9-]{1,64}$' });
export const EnvName = Type.String({ pattern: '^[a-z0-9-]{1,32}$' });
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
};

export const Page = Type.Object(PageQuery, { additionalProperties: false });
/** The answer of a 204. */
export const Nothing = Type.Null();

/** A flow document; its own JSON Schema is `packages/flow-model/flow.schema.json`, its rules come back as issues. */
export const FlowDocument = Type.Unsafe<Flow>({ type: 'object', description: 'Flow document, see flow.schema.json' });

export const Issue = Type.Object({
  code: Type.String(),
  severity: literals(['error', 'warning']),
  nodeId: Type.Optional(Type.String()),
  edgeId: Type.Optional(Type.String()),
  path: Type.String(),
  message: Type.String(),
  position: Type.Optional(Type.Integer()),
});

/** RFC 9457 problem details: every error of the API. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What happened and what to do' }),
  code: Type.String(),
  instance: Type.String(),
  issues: Type.Optional(Type.Array(Issue)),
});
export type Problem = Static<typeof Problem>;

export const FlowDraft = Type.Object({
  flow: FlowDocument,
  etag: Type.String(),
  updatedAt: Timestamp,
  updatedBy: Type.String(),
  /** Set when `flows/<id>/flow.json` exists and differs from the draft. */
  file: Type.Optional(Type.Object({ path: Type.String(), differs: Type.Boolean() })),
});
export type FlowDraft = Static<typeof FlowDraft>;

export const FlowRow = Type.Object({
  id: FlowId,
  name: Type.String(),
  description: Type.String(),
  etag: Type.String(),
  updatedAt: Timestamp,
  updatedBy: Type.String(),
  nodeTypes: Type.Array(Type.String()),
  issues: Type.Integer({ description: 'Errors in the draft' }),
  latestRevision: Type.Union([Type.Integer(), Type.Null()]),
  /** The draft's meaning differs from the latest revision. */
  unpublished: Type.Boolean(),
  deployments: Type.Array(Type.Object({ env: EnvName, revision: Type.Integer() })),
});
export type FlowRow = Static<typeof FlowRow>;
export const FlowPage = page(FlowRow);

/** A flow that Crossdock comes with, as what a new flow begins with. */
export const FlowTemplate = Type.Object({
  id: FlowId,
  name: Type.String(),
  summary: Type.String({ description: 'What it does, in a sentence without markup' }),
  nodeTypes: Type.Array(Type.String()),
  samples: Type.Integer(),
  tests: Type.Integer(),
  needs: Type.Object(
    {
      connections: Type.Array(
        Type.Object({
          name: Type.String(),
          types: Type.Array(Type.String(), { description: 'Connection types that do' }),
        }),
      ),
      variables: Type.Array(
        Type.Object({
          name: Type.String(),
          isNeeded: Type.Boolean({ description: 'False where the flow says itself what to do without it' }),
        }),
      ),
      flows: Type.Array(FlowId, { description: 'Flows that it calls' }),
    },
    { description: 'What has to be in an environment before it works there' },
  ),
});
export type FlowTemplate = Static<typeof FlowTemplate>;
export const FlowTemplatePage = page(FlowTemplate);
export const FlowTemplateDetail = Type.Object({
  ...FlowTemplate.properties,
  flow: FlowDocument,
  readme: Type.String({ description: 'Its page in Markdown, without its title; empty where it has none' }),
});
export type FlowTemplateDetail = Static<typeof FlowTemplateDetail>;

export const FlowHit = Type.Object({
  flowId: FlowId,
  flowName: Type.String(),
  kind: literals(['node', 'group', 'note']),
  id: Type.String({ description: 'Of the node, group or note' }),
  name: Type.String({ description: 'A node’s own name, else its id; a group’s title; empty for a note' }),
  nodeType: Type.Optional(Type.String()),
  path: Type.String({ description: 'JSON Pointer below the node, group or note' }),
  field: Type.String({ description: 'The same place as people write it' }),
  position: Type.Integer({ description: 'Where it begins in the text of the field' }),
  excerpt: Type.String({ description: 'One line around it' }),
});
export type FlowHit = Static<typeof FlowHit>;
export const FlowHits = Type.Object({
  items: Type.Array(FlowHit),
  /** There are more than were asked for. */
  more: Type.Boolean(),
});
export type FlowHits = Static<typeof FlowHits>;

export const Revision = Type.Object({
  flowId: FlowId,
  revision: Type.Integer(),
  hash: Type.String(),
  createdAt: Timestamp,
  author: Type.String(),
  message: Type.String(),
});
export type Revision = Static<typeof Revision>;
export const RevisionPage = page(Revision);

export const Environment = Type.Object({
  name: EnvName,
  title: Type.String(),
  tone: literals(['neutral', 'amber', 'red']),
});
export type Environment = Static<typeof Environment>;
export const EnvironmentPage = page(Environment);
/** Hosts, `host:port`, `[v6]:port` or CIDRs that may be called although they are private. */
export const Egress = Type.Object(
  { allow: Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 200, uniqueItems: true }) },
  { additionalProperties: false },
);
export type Egress = Static<typeof Egress>;
/** The same with what every environment may call, which is said where the installation is started. */
export const EgressInForce = Type.Object({
  ...Egress.properties,
  installation: Type.Array(Type.String(), { description: 'Allowed by CROSSDOCK_EGRESS_ALLOW, and the sandbox' }),
});
export type EgressInForce = Static<typeof EgressInForce>;

export const Variables = Type.Record(Type.String(), Type.Unknown(), { description: 'What $vars holds' });

/** What a deployment changed against what ran before it, without the values. */
export const RevisionChanges = Type.Unsafe<DiffSummary>({
  type: 'object',
  required: ['nodes', 'edges', 'fields'],
  properties: {
    nodes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['nodeId', 'type', 'change', 'fields'],
        properties: {
          nodeId: { type: 'string' },
          type: { type: 'string' },
          name: { type: 'string' },
          change: { type: 'string', enum: ['added', 'removed', 'changed'] },
          fields: { type: 'array', items: { type: 'string' } },
        },
      },
    },
    edges: { type: 'integer', description: 'Edges added, removed or led elsewhere' },
    fields: {
      type: 'array',
      items: { type: 'string' },
      description: 'Fields of the flow, such as settings.concurrency',
    },
  },
});

/** What differs between two revisions, with the values before and after. */
export const RevisionDiff = Type.Unsafe<FlowDiff>({
  type: 'object',
  description: 'Nodes, edges and fields that differ, with what they were before and are after',
  required: ['nodes', 'edges', 'fields', 'isReordered'],
  properties: {
    nodes: { type: 'array', items: { type: 'object' } },
    edges: { type: 'array', items: { type: 'object' } },
    fields: { type: 'array', items: { type: 'object' } },
    isReordered: { type: 'boolean' },
  },
});

export const Deployment = Type.Object({
  deploymentId: Type.String(),
  flowId: FlowId,
  revision: Type.Integer(),
  env: EnvName,
  status: literals(['active', 'replaced', 'removed']),
  deployedAt: Timestamp,
  deployedBy: Type.String(),
  /** `undeploy` in the history alone: that the revision was taken off, then and by whom. */
  action: literals(['deploy', 'promote', 'rollback', 'undeploy']),
  from: Type.Optional(Type.String({ description: 'The environment that it was promoted from' })),
  since: Type.Optional(Type.Integer({ description: 'The revision that ran there before' })),
  changes: Type.Optional(RevisionChanges),
  rollbackTo: Type.Optional(Type.Integer({ description: 'The revision that a rollback goes back to' })),
  endedAt: Type.Optional(Timestamp),
  endedBy: Type.Optional(Type.String()),
  warnings: Type.Optional(Type.Array(Issue)),
});
export type Deployment = Static<typeof Deployment>;
export const DeploymentPage = page(Deployment);

/** A node of an active flow that calls another flow. */
export const FlowCaller = Type.Object({
  flowId: FlowId,
  flowName: Type.String(),
  nodeId: Type.String(),
  nodeName: Type.String(),
  revision: Type.Integer(),
});
export type FlowCaller = Static<typeof FlowCaller>;

/** Where a variable is read: by a node, or by the keys of a flow. */
export const VariableUse = Type.Object({
  name: Type.String(),
  flowId: FlowId,
  flowName: Type.String(),
  nodeId: Type.Union([Type.String(), Type.Null()], { description: 'Null where the keys of the flow read it' }),
  nodeName: Type.Union([Type.String(), Type.Null()]),
  revision: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The revision that runs in the environment; null where only the draft reads it',
  }),
  isNeeded: Type.Boolean({ description: 'False where the expression says itself what to do without it' }),
});
export type VariableUse = Static<typeof VariableUse>;

/** What a deployment would meet and change, found without deploying. */
export const DeploymentCheck = Type.Object({
  flowId: FlowId,
  revision: Type.Integer(),
  env: EnvName,
  since: Type.Optional(Type.Integer({ description: 'The revision that runs there now, or ran last' })),
  issues: Type.Array(Issue, { description: 'Errors refuse the deployment, warnings are kept with it' }),
  changes: Type.Optional(RevisionDiff),
});
export type DeploymentCheck = Static<typeof DeploymentCheck>;

export const ErrorBody = Type.Object({
  code: Type.String(),
  message: Type.String(),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  cause: Type.Optional(Type.Unknown()),
  nodeId: Type.Optional(Type.String()),
});
export type ErrorBody = Static<typeof ErrorBody>;

export const RoleName = literals(ROLES);
export const Me = Type.Object({
  name: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
  role: RoleName,
  via: literals(['session', 'api-key']),
  permissions: Type.Array(Type.String(), { description: 'Held everywhere' }),
  environmentPermissions: Type.Record(Type.String(), Type.Array(Type.String()), {
    description: 'Held in this environment only',
  }),
});
export type Me = Static<typeof Me>;

/** `pending`: has no password yet and a link to set one. */
export const USER_STATUSES = ['active', 'pending', 'disabled'] as const;
export const User = Type.Object({
  userId: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: RoleName,
  status: literals(USER_STATUSES),
  createdAt: Timestamp,
});
export type User = Static<typeof User>;
export const UserPage = page(User);
export const ApiKey = Type.Object({
  keyId: Type.String(),
  name: Type.String(),
  role: RoleName,
  start: Type.String({ description: 'First characters, to tell keys apart' }),
  createdAt: Timestamp,
  createdBy: Type.String(),
  expiresAt: Type.Union([Timestamp, Type.Null()]),
  lastUsedAt: Type.Union([Timestamp, Type.Null()], { description: 'To the minute' }),
});
export type ApiKey = Static<typeof ApiKey>;
export const ApiKeyPage = page(ApiKey);

export const NodeTypes = Type.Object({
  items: Type.Array(Type.Unsafe<NodeManifest>({ type: 'object', description: 'Node manifest' })),
  nextCursor: Type.Null(),
});
