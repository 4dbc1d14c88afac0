export { applyChange, type FlowChange, type NodePatch, type Position } from './apply-change.ts';
export { type Alignment, align, type Box, boundsOf, type Distribution, distribute } from './arrange.ts';
export { type ConnectAnswer, canConnect, type HandleRef } from './can-connect.ts';

export { type Collapsed, collapsePart } from './collapse-part.ts';
export {
  type ConfigExpression,
  configExpressions,
  isExpression,
  schemaBeforeEvaluation,
} from './config-expressions.ts';

export { takesConnection } from './connection-use.ts';
export {
  type CallConfig,
  type ControlConfigs,
  type JoinConfig,
  SPLIT_IN_PROCESS_LIMIT,
  SPLIT_LIMIT,
  type SplitConfig,
  type StopConfig,
  type WaitConfig,
} from './control-config.ts';
export { defaultTimeoutMs } from './default-timeout.ts';
export {
  type BreakerPolicy,
  DEFAULT_BREAKER,
  DEFAULT_CONCURRENCY,
  DEFAULT_FLOW_TIMEOUT_MS,
  DEFAULT_NODE_TIMEOUT_MS,
  DEFAULT_RETRY,
  type Flow,
  type FlowEdge,
  type FlowNode,
  type FlowSettings,
  type Layout,
  type LayoutColor,
  type MappingTarget,
  type NodeGroup,
  type Note,
  type OnDoubt,
  type OnError,
  type RateLimit,
  type RetryPolicy,
  type Sample,
} from './document.ts';
export { durationText } from './duration-text.ts';
export { FAILED_RECORD_DAYS } from './failed-record-days.ts';
export {
  type DiffSummary,
  diffFlows,
  type EdgeDiff,
  type FieldDiff,
  type FlowDiff,
  isEmptyDiff,
  type NodeDiff,
  summariseDiff,
} from './flow-diff.ts';
export { flowHash } from './flow-hash.ts';
export { extractPart, pastePart } from './flow-part.ts';
export { CONNECTION_NAME_PATTERN, FLOW_ID_PATTERN, flowSchema } from './flow-schema.ts';
export { flowSchemaText } from './flow-schema-file.ts';
export { MAX_FLOW_DEPTH, shapeIssues } from './flow-structure.ts';
export {
  type Answer,
  type AnswerError,
  type Answers,
  EXPECTED_STATUSES,
  type Expectation,
  type ExpectedStatus,
  type FlowTest,
  TEST_RECEIVED_AT,
  type TestXref,
  type Tolerance,
} from './flow-test.ts';
export { AnswersSchema } from './flow-test-schema.ts';
export { ERROR_HANDLE, type Handles, handlesOf } from './handles.ts';
export { isKeyless } from './is-keyless.ts';
export type { Issue } from './issue.ts';
export { freeGroupId, freeNoteId, LAYOUT_COLORS, type LayoutChange } from './layout-change.ts';
export { type IssueOptions, makeIssue } from './make-issue.ts';
export type {
  ChoiceHint,
  ConfigField,
  ConfigSchema,
  ConnectionUse,
  ControlKind,
  NodeHandles,
  NodeKind,
  NodeManifest,
  SecretKind,
} from './manifest.ts';
export { type FlowMerge, type MergeConflict, mergeFlows } from './merge/merge-flows.ts';
export type { Side } from './merge/merge-values.ts';
export type { Renamed } from './merge/settle-ids.ts';
export { FLOW_FORMAT_VERSION, type FlowMigration, migrateFlow } from './migrate-flow.ts';
export { defaultNode, freeEdgeId, freeNodeId, newFlow } from './new-flow.ts';
export { nodeLine } from './node-line.ts';
export { parseFlow } from './parse-flow.ts';
export { parsePart } from './part-text.ts';
export { fieldAt, fieldName, pointerOf } from './pointer.ts';
export { readingOrder } from './reading-order.ts';
export { canReplaceType, replaceType } from './replace-type.ts';
export { cronProblem } from './schedule/cron.ts';
export { cronInWords } from './schedule/cron-in-words.ts';
export { latestTick, nextTick, type Schedule, ticksBetween } from './schedule/ticks.ts';
export { changeBetween, offsetAt, timeZoneProblem } from './schedule/time-zone.ts';
export { type SchemaProblem, schemaProblems } from './schema-problems.ts';
export { type FlowHit, searchFlow } from './search-flow.ts';
export { serialiseFlow } from './serialise-flow.ts';
export { findIn, idsIn, type MadeLookup, type XrefQuery, xrefsOf } from './test-xrefs.ts';
export { type ValidationContext, validateFlow } from './validate-flow.ts';
