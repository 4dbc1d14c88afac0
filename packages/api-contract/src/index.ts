export {
  ALARM_KIND_NAMES,
  ALARM_KINDS,
  type AlarmKind,
  alarmKindFacts,
  type ConditionField,
  type ConditionUnit,
  conditionFields,
} from './alarm-kinds.ts';
export {
  ALARM_SEVERITIES,
  ALARM_STATES,
  type Alarm,
  type AlarmCalendar,
  type AlarmChannel,
  type AlarmChannelBody,
  type AlarmCondition,
  type AlarmDelivery,
  type AlarmNotice,
  type AlarmRule,
  type AlarmRuleBody,
  type AlarmSending,
  type AlarmSeverity,
  type AlarmTarget,
} from './alarm-schemas.ts';
export { ApiProblem, problemFrom } from './api-problem.ts';
export { type RecordedAction, recordedActions } from './audit-actions.ts';
export { type CallOf, type Client, type ClientFetch, type ClientOptions, createClient } from './client.ts';
export type {
  ChannelUse,
  Choice,
  Connection,
  ConnectionCheck,
  ConnectionUse,
  CredentialState,
} from './connection-schemas.ts';
export type { CrossReference, CrossReferenceImport, CrossReferenceProposal } from './cross-reference-routes.ts';
export { CLOUD_METADATA, cloudMetadataIn, type EgressRule, readEgressRule } from './egress-rule.ts';
export {
  type Doubt,
  EXECUTION_STATUSES,
  type ExecutionDetail,
  type ExecutionPage,
  type ExecutionRow,
  type ExecutionStatus,
  type SagaEffect,
  SPAN_STATUSES,
  type Span,
  type TestRun,
  type WaitsFor,
} from './execution-schemas.ts';
export type { FlowTestResult, Recording } from './flow-test-schemas.ts';
export {
  type FlowHealth,
  HEALTH_RANGE_NAMES,
  type Health,
  type HealthPoint,
  type HookRefusals,
  type RemoteHealth,
} from './health-schemas.ts';
export { type HookRefusal, refusalWords } from './hook-refusals.ts';
export { openApiDocument } from './open-api.ts';
export {
  GOODS_STAGES,
  LINE_QUANTITIES,
  type OpenIssue,
  ORDER_ISSUE_KINDS,
  ORDER_STEPS,
  type OrderDetail,
  type OrderException,
  type OrderFacets,
  type OrderFailure,
  type OrderFunnel,
  type OrderHold,
  type OrderIdentifier,
  type OrderLine,
  type OrderNextStep,
  type OrderPage,
  type OrderProgress,
  type OrderRow,
  type OrderRules,
  type OrderStep,
  type OrderTimelineEvent,
} from './order-schemas.ts';
export { type PathValues, pathOf } from './path-of.ts';
export {
  type AuditDetail,
  type AuditRow,
  COLOR_SCHEMES,
  DESIGNER_LANGUAGES,
  type LinkOwner,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type PasswordLink,
  type Preferences,
  type Session,
} from './people-schemas.ts';
export {
  covers,
  environmentPermissionsOf,
  environmentsOf,
  isAllowed,
  isAllowedSomewhere,
  isPerEnvironment,
  type NamedPermission,
  PERMISSIONS,
  type Permission,
  permissionsOf,
  ROLES,
  type Role,
  WORKBENCH_ENV,
} from './permissions.ts';
export { type FlowEditor, PRESENCE_ENDS_MS, PRESENCE_EVERY_MS } from './presence-routes.ts';
export {
  type BulkRepair,
  type DeadLetterFilter,
  type DeadLetterPage,
  type DeadLetterRow,
  type InDoubtFilter,
  type InDoubtRow,
  JOB_KINDS,
  JOB_STATUSES,
  type Job,
  REPAIR_OUTCOMES,
  type ReplayBody,
  type ResolveBody,
} from './repair-schemas.ts';
export { RETENTION_BOUNDS, type Retention, type RetentionEffect } from './retention-routes.ts';
export {
  type AnswerOf,
  type AuditAction,
  type BodyOf,
  defineRoute,
  type EnvSource,
  type Method,
  type ParamsOf,
  type QueryOf,
  type Route,
} from './route.ts';
export { type RouteId, routes } from './routes.ts';
export {
  type ApiKey,
  type Deployment,
  type DeploymentCheck,
  type Egress,
  type EgressInForce,
  type Environment,
  type ErrorBody,
  type FlowCaller,
  type FlowDraft,
  type FlowHit,
  type FlowHits,
  type FlowRow,
  type FlowTemplate,
  type FlowTemplateDetail,
  type Me,
  Problem,
  type Revision,
  type User,
  type VariableUse,
} from './schemas.ts';
export type { StatusMap, UnmappedStatus } from './status-routes.ts';
export type { StreamEvent } from './stream-event.ts';
export type { Subscription, SubscriptionFailure, SubscriptionTest } from './subscription-routes.ts';
export { NEVER_REAL_IN_TRIALS } from './trial-types.ts';
