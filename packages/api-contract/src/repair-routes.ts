import Type from 'typebox';
import * as r from './repair-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const ExecutionParams = Type.Object({ executionId: Type.String({ maxLength: 64 }) });
const DeadLetterQuery = Type.Object({ ...s.PageQuery, ...r.deadLetterQuery }, { additionalProperties: false });
const JobParams = Type.Object({ jobId: Type.String({ maxLength: 64 }) });

/** What people do about executions: replay, cancel, decide; one by one or many at once by a job. */
export const repairRoutes = {
  replayExecution: defineRoute({
    id: 'replayExecution',
    method: 'POST',
    path: '/api/v1/executions/:executionId/replay',
    permission: 'executions:replay',
    envFrom: 'found',
    audit: 'execution.replayed',
    summary:
      'Run it again as a new execution; `new-keys` needs `executions:replay-new-keys`; 410 when what it needs is no longer kept',
    params: ExecutionParams,
    body: r.ReplayBody,
    responses: { 202: r.Accepted },
  }),
  cancelExecution: defineRoute({
    id: 'cancelExecution',
    method: 'POST',
    path: '/api/v1/executions/:executionId/cancel',
    permission: 'executions:cancel',
    envFrom: 'found',
    audit: 'execution.cancelled',
    summary: 'Stop an execution; 409 when it has ended',
    params: ExecutionParams,
    responses: { 202: r.Accepted },
  }),
  resolveExecution: defineRoute({
    id: 'resolveExecution',
    method: 'POST',
    path: '/api/v1/executions/:executionId/resolve',
    permission: 'executions:resolve',
    audit: 'execution.resolved',
    summary: 'Say how a call in doubt ended; `nodeId` where several are; 409 when none is',
    params: ExecutionParams,
    body: r.ResolveBody,
    responses: { 202: r.Accepted },
  }),
  listDeadLetters: defineRoute({
    id: 'listDeadLetters',
    method: 'GET',
    path: '/api/v1/dead-letters',
    permission: 'executions:read',
    summary: 'Executions that ended in an error, newest first; by default those that nobody has replayed',
    query: DeadLetterQuery,
    responses: { 200: r.DeadLetterPage },
  }),
  searchDeadLetters: defineRoute({
    id: 'searchDeadLetters',
    method: 'POST',
    path: '/api/v1/dead-letters/search',
    permission: 'executions:read',
    audit: null,
    summary:
      'The same list by a body: what is looked for may be a masked value, and addresses are kept in histories and logs',
    body: DeadLetterQuery,
    responses: { 200: r.DeadLetterPage },
  }),
  replayDeadLetters: defineRoute({
    id: 'replayDeadLetters',
    method: 'POST',
    path: '/api/v1/dead-letters/replay',
    permission: 'executions:replay',
    envFrom: 'found',
    audit: 'job.started',
    summary: 'Replay many by a job; `dryRun` only counts',
    body: Type.Object(
      {
        filter: r.DeadLetterFilter,
        from: Type.Optional(s.literals(['failed', 'trigger'])),
        revision: Type.Optional(r.ReplayRevision),
        effects: Type.Optional(r.ReplayEffects),
        dryRun: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    responses: { 200: r.BulkRepair, 202: r.BulkRepair },
  }),
  listInDoubt: defineRoute({
    id: 'listInDoubt',
    method: 'GET',
    path: '/api/v1/in-doubt',
    permission: 'executions:read',
    summary: 'Calls that may have been done and that only a person can decide, oldest first',
    query: Type.Object({ ...s.PageQuery, ...r.inDoubtQuery }, { additionalProperties: false }),
    responses: { 200: r.InDoubtPage },
  }),
  resolveInDoubt: defineRoute({
    id: 'resolveInDoubt',
    method: 'POST',
    path: '/api/v1/in-doubt/resolve',
    permission: 'executions:resolve',
    audit: 'job.started',
    summary: 'Decide many alike by a job; `dryRun` only counts',
    body: Type.Object(
      { filter: r.InDoubtFilter, outcome: r.RepairOutcome, dryRun: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    responses: { 200: r.BulkRepair, 202: r.BulkRepair },
  }),
  listJobs: defineRoute({
    id: 'listJobs',
    method: 'GET',
    path: '/api/v1/jobs',
    permission: 'executions:read',
    summary: 'Long work over many executions, newest first',
    query: s.Page,
    responses: { 200: r.JobPage },
  }),
  getJob: defineRoute({
    id: 'getJob',
    method: 'GET',
    path: '/api/v1/jobs/:jobId',
    permission: 'executions:read',
    summary: 'One job with its progress',
    params: JobParams,
    responses: { 200: r.Job },
  }),
  stopJob: defineRoute({
    id: 'stopJob',
    method: 'POST',
    path: '/api/v1/jobs/:jobId/stop',
    permission: 'executions:replay',
    envFrom: 'found',
    audit: 'job.stopped',
    summary: 'Stop a job; what it has done stays done; 409 when it has ended',
    params: JobParams,
    responses: { 202: r.Job },
  }),
  emitEvent: defineRoute({
    id: 'emitEvent',
    method: 'POST',
    path: '/api/v1/environments/:env/events',
    permission: 'events:write',
    envFrom: 'params',
    audit: 'event.given',
    summary: 'Give an event that `wait` nodes may wait for',
    params: Type.Object({ env: s.EnvName }),
    body: Type.Object(
      {
        key: Type.Union([Type.String({ minLength: 1, maxLength: 500 }), Type.Number()], {
          description: 'What wait nodes name',
        }),
        type: Type.String({ minLength: 1, maxLength: 200 }),
        data: Type.Optional(Type.Unknown({ description: 'Of an event of the catalogue it must fit that' })),
        id: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The same id is the same event' })),
      },
      { additionalProperties: false },
    ),
    responses: { 202: Type.Object({ id: Type.String() }) },
  }),
} as const;
