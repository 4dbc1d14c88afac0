export { ApiProblem, problemFrom } from './api-problem.ts';
export { type CallOf, type Client, type ClientFetch, type ClientOptions, createClient } from './client.ts';
export { openApiDocument } from './open-api.ts';
export { type PathValues, pathOf } from './path-of.ts';
export {
  type AnswerOf,
  type BodyOf,
  defineRoute,
  isAllowed,
  type Method,
  type ParamsOf,
  type Permission,
  type QueryOf,
  ROLES,
  type Role,
  type Route,
} from './route.ts';
export { type RouteId, routes } from './routes.ts';
export {
  type ApiKey,
  type Deployment,
  type Environment,
  type ErrorBody,
  EXECUTION_STATUSES,
  type ExecutionDetail,
  type ExecutionRow,
  type ExecutionStatus,
  type FlowDraft,
  type FlowRow,
  type Me,
  Problem,
  type Revision,
  SPAN_STATUSES,
  type Span,
  type StreamEvent,
  type TestRun,
  type User,
} from './schemas.ts';
