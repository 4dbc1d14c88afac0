import Type from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const EnvParams = Type.Object({ env: s.EnvName });
const DeploymentParams = Type.Object({ env: s.EnvName, flowId: s.FlowId });
const confirmUnsigned = Type.Optional(Type.Boolean({ description: 'Allow unsigned hooks in prod' }));

/** What runs in each environment, what ran, and what would. */
export const deploymentRoutes = {
  listDeployments: defineRoute({
    id: 'listDeployments',
    method: 'GET',
    path: '/api/v1/environments/:env/deployments',
    permission: 'flows:read',
    summary:
      'Active deployments; with undeployed=true also what ran last of flows that no longer run; with history=true all that were',
    params: EnvParams,
    query: Type.Object(
      {
        ...s.PageQuery,
        flowId: Type.Optional(s.FlowId),
        history: Type.Optional(Type.Boolean()),
        undeployed: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    responses: { 200: s.DeploymentPage },
  }),
  checkDeployment: defineRoute({
    id: 'checkDeployment',
    method: 'GET',
    path: '/api/v1/environments/:env/deployments/:flowId/check',
    permission: 'flows:read',
    summary: 'What deploying a revision would meet and change, without doing it',
    params: DeploymentParams,
    query: Type.Object({ revision: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    responses: { 200: s.DeploymentCheck },
  }),
  deploymentCallers: defineRoute({
    id: 'deploymentCallers',
    method: 'GET',
    path: '/api/v1/environments/:env/deployments/:flowId/callers',
    permission: 'flows:read',
    summary: 'The nodes of other flows that run there and call this one: their calls fail once it is undeployed',
    params: DeploymentParams,
    responses: { 200: s.page(s.FlowCaller) },
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
      { flowId: s.FlowId, revision: Type.Integer({ minimum: 1 }), confirmUnsigned },
      { additionalProperties: false },
    ),
    responses: { 201: s.Deployment },
  }),
  promote: defineRoute({
    id: 'promote',
    method: 'POST',
    path: '/api/v1/environments/:env/deployments/:flowId/promote',
    permission: 'flows:deploy',
    envFrom: 'params',
    audit: 'flow.promoted',
    summary:
      'Make the revision active here that runs in another environment: the one before it in their order, unless named',
    params: DeploymentParams,
    body: Type.Optional(
      Type.Object({ from: Type.Optional(s.EnvName), confirmUnsigned }, { additionalProperties: false }),
    ),
    responses: { 201: s.Deployment },
  }),
  rollback: defineRoute({
    id: 'rollback',
    method: 'POST',
    path: '/api/v1/environments/:env/deployments/:flowId/rollback',
    permission: 'flows:deploy',
    envFrom: 'params',
    audit: 'flow.rolled-back',
    summary: 'Make the revision active again that ran before; a second time the one before that',
    params: DeploymentParams,
    body: Type.Optional(Type.Object({ confirmUnsigned }, { additionalProperties: false })),
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
    params: DeploymentParams,
    responses: { 204: s.Nothing },
  }),
} as const;
