import Type from 'typebox';
import * as c from './connection-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const ConnectionParams = Type.Object({ connectionId: Type.String({ format: 'uuid' }) });

/** Connections: settings and credentials of other systems, in each environment. */
export const connectionRoutes = {
  connectionTypes: defineRoute({
    id: 'connectionTypes',
    method: 'GET',
    path: '/api/v1/connection-types',
    permission: 'connections:read',
    summary: 'Connection manifests',
    responses: {
      200: Type.Object({
        items: Type.Array(Type.Record(Type.String(), Type.Unknown(), { description: 'Connection manifest' })),
        nextCursor: Type.Null(),
      }),
    },
  }),
  listConnections: defineRoute({
    id: 'listConnections',
    method: 'GET',
    path: '/api/v1/connections',
    permission: 'connections:read',
    summary: 'Connections by name, of one environment or all; values of credentials are never answered',
    query: Type.Object(
      {
        ...s.PageQuery,
        env: Type.Optional(s.EnvName),
        name: Type.Optional(c.ConnectionName),
        type: Type.Optional(Type.String({ maxLength: 100 })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: c.ConnectionPage },
  }),
  createConnection: defineRoute({
    id: 'createConnection',
    method: 'POST',
    path: '/api/v1/connections',
    permission: 'connections:write',
    envFrom: 'body',
    audit: 'connection.created',
    summary: 'Add a connection to an environment',
    body: c.NewConnection,
    responses: { 201: c.Connection },
  }),
  getConnection: defineRoute({
    id: 'getConnection',
    method: 'GET',
    path: '/api/v1/connections/:connectionId',
    permission: 'connections:read',
    summary: 'One connection',
    params: ConnectionParams,
    responses: { 200: c.Connection },
  }),
  updateConnection: defineRoute({
    id: 'updateConnection',
    method: 'PUT',
    path: '/api/v1/connections/:connectionId',
    permission: 'connections:write',
    envFrom: 'found',
    audit: 'connection.changed',
    summary: 'Replace the settings and set credentials; when an address is new, all credentials are asked for again',
    params: ConnectionParams,
    body: c.ConnectionChange,
    responses: { 200: c.Connection },
  }),
  deleteConnection: defineRoute({
    id: 'deleteConnection',
    method: 'DELETE',
    path: '/api/v1/connections/:connectionId',
    permission: 'connections:write',
    envFrom: 'found',
    audit: 'connection.deleted',
    summary: 'Remove a connection; refused while an active deployment or an alarm channel uses it',
    params: ConnectionParams,
    responses: { 204: s.Nothing },
  }),
  checkConnection: defineRoute({
    id: 'checkConnection',
    method: 'POST',
    path: '/api/v1/connections/:connectionId/check',
    permission: 'connections:check',
    envFrom: 'found',
    audit: null,
    summary: 'Try whether it works; changes nothing at the other side',
    params: ConnectionParams,
    responses: { 200: c.ConnectionCheck },
  }),
  rotateConnection: defineRoute({
    id: 'rotateConnection',
    method: 'POST',
    path: '/api/v1/connections/:connectionId/rotate',
    permission: 'connections:write',
    envFrom: 'found',
    audit: 'connection.rotated',
    summary: 'Let the other side make new credentials, store them, and take the old ones away there',
    params: ConnectionParams,
    responses: { 200: c.Connection },
  }),
  listChoices: defineRoute({
    id: 'listChoices',
    method: 'GET',
    path: '/api/v1/connections/:connectionId/choices',
    permission: 'connections:check',
    envFrom: 'found',
    summary:
      'What the other side lets a setting be chosen from, such as its models or the fields of one; up to a minute old',
    params: ConnectionParams,
    query: Type.Object(
      {
        of: s.literals(['models', 'fields'] as const),
        within: Type.Optional(Type.String({ maxLength: 200 })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: s.page(c.Choice) },
  }),
  connectionUsage: defineRoute({
    id: 'connectionUsage',
    method: 'GET',
    path: '/api/v1/connections/:connectionId/usage',
    permission: 'connections:read',
    summary: 'The nodes that name it, in drafts and in active revisions of its environment',
    params: ConnectionParams,
    responses: { 200: s.page(c.ConnectionUse) },
  }),
  rewrapConnections: defineRoute({
    id: 'rewrapConnections',
    method: 'POST',
    path: '/api/v1/connections/rewrap',
    permission: 'keys:manage',
    audit: 'connection.rewrapped',
    summary: 'After a change of the secret key: wrap the data key of every connection with the new one',
    responses: { 200: c.Rewrapped },
  }),
} as const;
