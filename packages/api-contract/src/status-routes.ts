import Type, { type Static } from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const EnvParams = Type.Object({ env: s.EnvName });
const System = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,59}$' });
const Document = Type.String({
  maxLength: 100,
  description: 'Kind of document; empty where there is one kind of status',
});
const Status = Type.String({ minLength: 1, maxLength: 200, description: 'As the system writes it' });

const Entry = Type.Object(
  {
    document: Document,
    status: Status,
    event: Type.Union([Type.String({ maxLength: 200 }), Type.Null()], {
      description: 'Type of the canonical event; null where the status tells of none',
    }),
  },
  { additionalProperties: false },
);
const Entries = Type.Array(Entry, { maxItems: 1000 });
const Version = Type.Integer({ minimum: 0, description: '0 is what Crossdock comes with' });

export const StatusMap = Type.Object({
  system: System,
  version: Version,
  entries: Entries,
  updatedAt: Type.Optional(s.Timestamp),
  updatedBy: Type.Optional(Type.String()),
});
export type StatusMap = Static<typeof StatusMap>;

const Unmapped = Type.Object({
  system: Type.String(),
  document: Type.String(),
  status: Type.String(),
  count: Type.Integer({ description: 'How often a flow met it' }),
  orders: Type.Integer(),
  lastAt: s.Timestamp,
  lastOrder: Type.String({ description: 'The order that it was last met at' }),
});
export type UnmappedStatus = Static<typeof Unmapped>;

/** What the statuses of systems mean. */
export const statusRoutes = {
  listStatusMaps: defineRoute({
    id: 'listStatusMaps',
    method: 'GET',
    path: '/api/v1/environments/:env/status-maps',
    permission: 'flows:read',
    summary: 'What each status of each system means',
    params: EnvParams,
    responses: { 200: s.page(StatusMap) },
  }),
  putStatusMap: defineRoute({
    id: 'putStatusMap',
    method: 'PUT',
    path: '/api/v1/environments/:env/status-maps/:system',
    permission: 'statuses:write',
    envFrom: 'params',
    audit: 'status-map.changed',
    summary: 'Replace the map of one system, as its next version; in force on every worker within a second',
    params: Type.Object({ env: s.EnvName, system: System }),
    body: Type.Object({ version: Version, entries: Entries }, { additionalProperties: false }),
    responses: { 200: StatusMap },
  }),
  listUnmappedStatuses: defineRoute({
    id: 'listUnmappedStatuses',
    method: 'GET',
    path: '/api/v1/environments/:env/status-maps/unmapped',
    permission: 'executions:read',
    summary: 'Statuses that flows met in the last 30 days and that are not mapped, those met most often first',
    params: EnvParams,
    responses: { 200: s.page(Unmapped) },
  }),
} as const;
