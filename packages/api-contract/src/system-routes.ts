import Type from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

/** The process itself and this API’s description. */
export const systemRoutes = {
  health: defineRoute({
    id: 'health',
    method: 'GET',
    path: '/healthz',
    permission: 'public',
    summary: 'The process lives',
    responses: { 200: Type.Object({ status: Type.String() }) },
  }),
  ready: defineRoute({
    id: 'ready',
    method: 'GET',
    path: '/readyz',
    permission: 'public',
    summary: 'NATS, database and consumers are up',
    responses: { 200: Type.Object({ status: Type.String(), checks: Type.Record(Type.String(), Type.String()) }) },
  }),
  metrics: defineRoute({
    id: 'metrics',
    method: 'GET',
    path: '/metrics',
    permission: 'public',
    summary: 'Prometheus metrics',
    produces: 'text/plain',
    responses: { 200: Type.String() },
  }),
  openapi: defineRoute({
    id: 'openapi',
    method: 'GET',
    path: '/api/v1/openapi.json',
    permission: 'signed-in',
    summary: 'This API, described',
    responses: { 200: Type.Record(Type.String(), Type.Unknown()) },
  }),
  nodeTypes: defineRoute({
    id: 'nodeTypes',
    method: 'GET',
    path: '/api/v1/node-types',
    permission: 'flows:read',
    summary: 'Node manifests',
    responses: { 200: s.NodeTypes },
  }),
  stream: defineRoute({
    id: 'stream',
    method: 'GET',
    path: '/api/v1/stream',
    permission: 'executions:read',
    summary: 'Server-sent events: changes of executions, deployments, flows and jobs, and who has a flow open',
    produces: 'text/event-stream',
    responses: { 200: Type.String() },
  }),
} as const;
