import Type from 'typebox';
import { ExecutionDetail, ExecutionPage } from './execution-schemas.ts';
import { Recording } from './flow-test-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const ExecutionParams = Type.Object({ executionId: Type.String({ maxLength: 64 }) });

const ExecutionQuery = Type.Object(
  {
    ...s.PageQuery,
    env: Type.Optional(s.EnvName),
    flowId: Type.Optional(s.FlowId),
    status: Type.Optional(Type.String({ description: 'One status, or several with commas' })),
    key: Type.Optional(Type.String({ maxLength: 300, description: 'A business key: `value`, or `name:value`' })),
    q: Type.Optional(
      Type.String({
        maxLength: 300,
        description:
          'Execution id, beginning of a key value (a whole one where its field is masked), or words of the error',
      }),
    ),
    parent: Type.Optional(Type.String({ maxLength: 64, description: 'Only those that this execution started' })),
    from: Type.Optional(s.Timestamp),
    to: Type.Optional(s.Timestamp),
  },
  { additionalProperties: false },
);

/** Executions and their payloads. */
export const executionRoutes = {
  listExecutions: defineRoute({
    id: 'listExecutions',
    method: 'GET',
    path: '/api/v1/executions',
    permission: 'executions:read',
    summary:
      'Executions, newest first. Those that another execution started show only with `parent`, `key` or `q`: people look for the whole',
    query: ExecutionQuery,
    responses: { 200: ExecutionPage },
  }),
  searchExecutions: defineRoute({
    id: 'searchExecutions',
    method: 'POST',
    path: '/api/v1/executions/search',
    permission: 'executions:read',
    audit: null,
    summary:
      'The same list by a body: what is looked for may be a masked value, and addresses are kept in histories and logs',
    body: ExecutionQuery,
    responses: { 200: ExecutionPage },
  }),
  getExecution: defineRoute({
    id: 'getExecution',
    method: 'GET',
    path: '/api/v1/executions/:executionId',
    permission: 'executions:read',
    summary: 'One execution with its spans',
    params: ExecutionParams,
    responses: { 200: ExecutionDetail },
  }),
  recordExecution: defineRoute({
    id: 'recordExecution',
    method: 'GET',
    path: '/api/v1/executions/:executionId/recording',
    permission: 'payloads:read',
    summary: 'An execution as a sample and a test of its flow, with invented values where masked ones were',
    params: Type.Object({ executionId: Type.String({ maxLength: 64 }) }),
    responses: { 200: Recording },
  }),
  getPayload: defineRoute({
    id: 'getPayload',
    method: 'GET',
    path: '/api/v1/executions/:executionId/payloads/:ref',
    permission: 'payloads:read',
    summary: 'One payload, its masked values hidden',
    params: Type.Object({ executionId: Type.String({ maxLength: 64 }), ref: Type.String({ maxLength: 200 }) }),
    responses: { 200: Type.Unknown() },
  }),
  revealPayload: defineRoute({
    id: 'revealPayload',
    method: 'POST',
    path: '/api/v1/executions/:executionId/payloads/:ref/reveal',
    permission: 'payloads:reveal',
    envFrom: 'found',
    audit: 'payload.revealed',
    summary: 'One payload with its masked values in clear; the reason is kept',
    params: Type.Object({ executionId: Type.String({ maxLength: 64 }), ref: Type.String({ maxLength: 200 }) }),
    body: Type.Object(
      {
        reason: Type.String({
          minLength: 10,
          maxLength: 500,
          pattern: '\\S.*\\S.*\\S',
          description: 'Why they are needed, such as the number of a ticket',
        }),
      },
      { additionalProperties: false },
    ),
    responses: { 200: Type.Unknown() },
  }),
} as const;
