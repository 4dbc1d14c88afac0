import Type from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const EnvParams = Type.Object({ env: s.EnvName });

/** Environments, their variables and deployments. */
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
  listDeployments: defineRoute({
    id: 'listDeployments',
    method: 'GET',
    path: '/api/v1/environments/:env/deployments',
    permission: 'flows:read',
    summary: 'Active deployments; with history=true all that were',
    params: EnvParams,
    query: Type.Object(
      { ...s.PageQuery, flowId: Type.Optional(s.FlowId), history: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    responses: { 200: s.DeploymentPage },
  }),
  deploy: defineRoute({
    id: 'deploy',
    method: 'POST',
    path: '/api/v1/environments/:env/deployments',
    permission: 'flows:deploy',
    envFrom: 'params',
    audit: 'flow.deployed',
    summary: 'Make a revision active',
    params: EnvParams,
    body: Type.Object(
      {
        flowId: s.FlowId,
        revision: Type.Integer({ minimum: 1 }),
        confirmUnsigned: Type.Optional(Type.Boolean({ description: 'Allow unsigned hooks in prod' })),
      },
      { additionalProperties: false },
    ),
    responses: { 201: s.Deployment },
  }),
  undeploy: defineRoute({
    id: 'undeploy',
    method: 'DELETE',
    path: '/api/v1/environments/:env/deployments/:flowId',
    permission: 'flows:deploy',
    envFrom: 'params',
    audit: 'flow.undeployed',
    summary: 'Stop the triggers; running executions finish',
    params: Type.Object({ env: s.EnvName, flowId: s.FlowId }),
    responses: { 204: s.Nothing },
  }),
} as const;
