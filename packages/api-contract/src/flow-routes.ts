import { type Answers, AnswersSchema } from '@crossdock/flow-model';
import Type from 'typebox';
import { TestRun } from './execution-schemas.ts';
import { FlowTestResults } from './flow-test-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const FlowParams = Type.Object({ flowId: s.FlowId });

/** Drafts and revisions. */
export const flowRoutes = {
  listFlows: defineRoute({
    id: 'listFlows',
    method: 'GET',
    path: '/api/v1/flows',
    permission: 'flows:read',
    summary: 'Flows',
    query: Type.Object(
      { ...s.PageQuery, q: Type.Optional(Type.String({ maxLength: 200 })) },
      { additionalProperties: false },
    ),
    responses: { 200: s.FlowPage },
  }),
  searchFlows: defineRoute({
    id: 'searchFlows',
    method: 'POST',
    path: '/api/v1/flows/search',
    permission: 'flows:read',
    audit: null,
    summary:
      'Places in the nodes, groups and notes of all drafts that hold a text, by flow id; by a body, since addresses are kept in histories and logs',
    body: Type.Object(
      {
        q: Type.String({ minLength: 1, maxLength: 200 }),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: s.FlowHits },
  }),
  listFlowTemplates: defineRoute({
    id: 'listFlowTemplates',
    method: 'GET',
    path: '/api/v1/flow-templates',
    permission: 'flows:write',
    summary: 'The flows that Crossdock comes with, to begin a flow from',
    responses: { 200: s.FlowTemplatePage },
  }),
  getFlowTemplate: defineRoute({
    id: 'getFlowTemplate',
    method: 'GET',
    path: '/api/v1/flow-templates/:templateId',
    permission: 'flows:write',
    summary: 'A template with its document; what is created from it takes an id of its own',
    params: Type.Object({ templateId: s.FlowId }),
    responses: { 200: s.FlowTemplateDetail },
  }),
  createFlow: defineRoute({
    id: 'createFlow',
    method: 'POST',
    path: '/api/v1/flows',
    permission: 'flows:write',
    audit: 'flow.created',
    summary: 'Create a flow',
    body: s.FlowDocument,
    responses: { 201: s.FlowDraft },
  }),
  getFlow: defineRoute({
    id: 'getFlow',
    method: 'GET',
    path: '/api/v1/flows/:flowId',
    permission: 'flows:read',
    summary: 'The draft',
    params: FlowParams,
    responses: { 200: s.FlowDraft },
  }),
  saveFlow: defineRoute({
    id: 'saveFlow',
    method: 'PUT',
    path: '/api/v1/flows/:flowId',
    permission: 'flows:write',
    audit: 'flow.saved',
    summary: 'Save the draft',
    params: FlowParams,
    headers: ['if-match'],
    body: s.FlowDocument,
    responses: { 200: s.FlowDraft },
  }),
  deleteFlow: defineRoute({
    id: 'deleteFlow',
    method: 'DELETE',
    path: '/api/v1/flows/:flowId',
    permission: 'flows:write',
    audit: 'flow.deleted',
    summary: 'Delete a flow that is deployed nowhere',
    params: FlowParams,
    responses: { 204: s.Nothing },
  }),
  exportFlow: defineRoute({
    id: 'exportFlow',
    method: 'GET',
    path: '/api/v1/flows/:flowId/file',
    permission: 'flows:read',
    summary: 'The draft as the bytes of flow.json',
    params: FlowParams,
    responses: { 200: s.FlowDocument },
  }),
  validateFlow: defineRoute({
    id: 'validateFlow',
    method: 'POST',
    path: '/api/v1/flows/:flowId/validate',
    permission: 'flows:read',
    audit: null,
    summary: 'Issues of the body, or of the draft when there is none',
    params: FlowParams,
    body: Type.Optional(s.FlowDocument),
    responses: { 200: Type.Object({ issues: Type.Array(s.Issue) }) },
  }),
  testRun: defineRoute({
    id: 'testRun',
    method: 'POST',
    path: '/api/v1/flows/:flowId/test-runs',
    permission: 'flows:write',
    audit: 'flow.tried',
    summary: 'Run the draft once, in process: on a payload, or as one of its tests does',
    params: FlowParams,
    body: Type.Object(
      {
        test: Type.Optional(
          Type.String({
            maxLength: 200,
            description: 'Name of a test of the flow; all else but stopAfter is then its own',
          }),
        ),
        payload: Type.Optional(Type.Unknown()),
        headers: Type.Optional(Type.Record(Type.String(), Type.String())),
        effects: Type.Optional(
          Type.Unsafe<'simulate' | 'real'>({ type: 'string', enum: ['simulate', 'real'], default: 'simulate' }),
        ),
        trigger: Type.Optional(Type.String({ maxLength: 64, description: 'Id of the trigger; default: the first' })),
        answers: Type.Optional(
          Type.Unsafe<Answers>({ ...AnswersSchema, description: 'By node, what it answers instead of being run' }),
        ),
        stopAfter: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 10_000, description: 'Stops before the attempt after so many' }),
        ),
      },
      { additionalProperties: false },
    ),
    responses: { 200: TestRun },
  }),
  runTests: defineRoute({
    id: 'runTests',
    method: 'POST',
    path: '/api/v1/flows/:flowId/tests/run',
    permission: 'flows:write',
    audit: null,
    summary: 'Run tests of the draft, in process and without effects',
    params: FlowParams,
    body: Type.Object(
      {
        names: Type.Optional(
          Type.Array(Type.String({ maxLength: 200 }), { maxItems: 200, description: 'Default: all of them' }),
        ),
      },
      { additionalProperties: false },
    ),
    responses: { 200: FlowTestResults },
  }),
  listRevisions: defineRoute({
    id: 'listRevisions',
    method: 'GET',
    path: '/api/v1/flows/:flowId/revisions',
    permission: 'flows:read',
    summary: 'Published revisions, newest first',
    params: FlowParams,
    query: s.Page,
    responses: { 200: s.RevisionPage },
  }),
  publishFlow: defineRoute({
    id: 'publishFlow',
    method: 'POST',
    path: '/api/v1/flows/:flowId/revisions',
    permission: 'flows:write',
    audit: 'flow.published',
    summary: 'Publish the draft as a revision',
    params: FlowParams,
    body: Type.Object({ message: Type.String({ maxLength: 2000, default: '' }) }, { additionalProperties: false }),
    responses: { 200: s.Revision, 201: s.Revision },
  }),
  getRevision: defineRoute({
    id: 'getRevision',
    method: 'GET',
    path: '/api/v1/flows/:flowId/revisions/:revision',
    permission: 'flows:read',
    summary: 'A revision’s document',
    params: Type.Object({ flowId: s.FlowId, revision: Type.Integer({ minimum: 1 }) }),
    responses: { 200: s.FlowDocument },
  }),
  compareRevisions: defineRoute({
    id: 'compareRevisions',
    method: 'GET',
    path: '/api/v1/flows/:flowId/revisions/:revision/changes',
    permission: 'flows:read',
    summary: 'What a revision changed against another one',
    params: Type.Object({ flowId: s.FlowId, revision: Type.Integer({ minimum: 1 }) }),
    query: Type.Object({ since: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    responses: { 200: s.RevisionDiff },
  }),
} as const;
