import Type from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const EnvParams = Type.Object({ env: s.EnvName });

/** Environments and their variables. */
export const environmentRoutes = {
  listEnvironments: defineRoute({
    id: 'listEnvironments',
    method: 'GET',
    path: '/api/v1/environments',
    permission: 'flows:read',
    summary: 'Environments',
    responses: { 200: s.EnvironmentPage },
  }),
  createEnvironment: defineRoute({
    id: 'createEnvironment',
    method: 'POST',
    path: '/api/v1/environments',
    permission: 'environments:write',
    audit: 'environment.added',
    summary: 'Add an environment',
    body: Type.Object(
      {
        name: s.EnvName,
        title: Type.Optional(Type.String({ maxLength: 100 })),
        tone: Type.Optional(s.Environment.properties.tone),
      },
      { additionalProperties: false },
    ),
    responses: { 201: s.Environment },
  }),
  orderEnvironments: defineRoute({
    id: 'orderEnvironments',
    method: 'PUT',
    path: '/api/v1/environments',
    permission: 'environments:write',
    audit: 'environment.ordered',
    summary: 'Order the environments: flows are promoted from each to the next',
    body: Type.Object({ names: Type.Array(s.EnvName, { maxItems: 100 }) }, { additionalProperties: false }),
    responses: { 200: s.EnvironmentPage },
  }),
  updateEnvironment: defineRoute({
    id: 'updateEnvironment',
    method: 'PUT',
    path: '/api/v1/environments/:env',
    permission: 'environments:write',
    audit: 'environment.changed',
    summary: 'Change title and tone',
    params: EnvParams,
    body: Type.Object(
      { title: Type.String({ minLength: 1, maxLength: 100 }), tone: s.Environment.properties.tone },
      { additionalProperties: false },
    ),
    responses: { 200: s.Environment },
  }),
  deleteEnvironment: defineRoute({
    id: 'deleteEnvironment',
    method: 'DELETE',
    path: '/api/v1/environments/:env',
    permission: 'environments:write',
    audit: 'environment.deleted',
    summary: 'Delete an environment where nothing is deployed and nothing runs, with its variables and its executions',
    params: EnvParams,
    responses: { 204: s.Nothing },
  }),
  getVariables: defineRoute({
    id: 'getVariables',
    method: 'GET',
    path: '/api/v1/environments/:env/variables',
    permission: 'flows:read',
    summary: 'What $vars holds',
    params: EnvParams,
    responses: { 200: s.Variables },
  }),
  putVariables: defineRoute({
    id: 'putVariables',
    method: 'PUT',
    path: '/api/v1/environments/:env/variables',
    permission: 'variables:write',
    envFrom: 'params',
    audit: 'variables.changed',
    summary: 'Replace the variables',
    params: EnvParams,
    body: s.Variables,
    responses: { 200: s.Variables },
  }),
} as const;
