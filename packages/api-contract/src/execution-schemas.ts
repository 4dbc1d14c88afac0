import type { TestXref } from '@crossdock/flow-model';
import Type, { type Static } from 'typebox';
import { EnvName, ErrorBody, FlowId, literals, page, Timestamp } from './schemas.ts';

export const EXECUTION_STATUSES = [
  'running',
  'waiting',
  'in-doubt',
  'succeeded',
  'failed',
  'cancelled',
  'compensating',
  'compensated',
  'compensation-failed',
] as const;
export const ExecutionStatus = literals(EXECUTION_STATUSES);
export type ExecutionStatus = Static<typeof ExecutionStatus>;

const executionRow = {
  executionId: Type.String(),
  flowId: FlowId,
  revision: Type.Integer(),
  env: EnvName,
  status: ExecutionStatus,
  startedAt: Timestamp,
  endedAt: Type.Union([Timestamp, Type.Null()]),
  durationMs: Type.Union([Type.Number(), Type.Null()]),
  keys: Type.Record(Type.String(), Type.Unknown(), { description: 'Business keys: a string, or several in an array' }),
  error: Type.Optional(ErrorBody),
  attempts: Type.Integer({
    description: 'How often the node that was tried most was tried; 1 where nothing was tried again',
  }),
  replayOf: Type.Optional(Type.String()),
  parentId: Type.Optional(Type.String({ description: 'The execution that started this one: a split or a call' })),
};
export const ExecutionRow = Type.Object(executionRow);
export type ExecutionRow = Static<typeof ExecutionRow>;
export const ExecutionPage = page(ExecutionRow);
export type ExecutionPage = Static<typeof ExecutionPage>;

export const SPAN_STATUSES = [
  'running',
  'succeeded',
  'failed',
  'waiting',
  'interrupted',
  'cancelled',
  'simulated',
] as const;
const span = {
  spanId: Type.String(),
  nodeId: Type.String(),
  nodeType: Type.String(),
  attempt: Type.Integer({ minimum: 1 }),
  status: literals(SPAN_STATUSES),
  startedAt: Timestamp,
  durationMs: Type.Number(),
  error: Type.Optional(ErrorBody),
  inputRef: Type.Optional(Type.String()),
  outputRef: Type.Optional(Type.String()),
  edges: Type.Array(Type.String()),
  retryAt: Type.Optional(Timestamp),
  iteration: Type.Optional(Type.Integer({ description: 'Which arrival at this node, from 0; missing for the first' })),
  undoes: Type.Optional(Type.String({ description: 'The node whose effect this one undoes' })),
  item: Type.Optional(
    Type.Object(
      { index: Type.Integer(), count: Type.Integer() },
      { description: 'Behind `each` of a split: which element, from 0' },
    ),
  ),
  decidedBy: Type.Optional(Type.String({ description: 'Who said how the call ended, where nobody knew' })),
  remote: Type.Optional(Type.String({ description: 'The system called: `connection:<name>` or `host:<host>`' })),
  held: Type.Optional(
    Type.Object(
      { by: literals(['breaker', 'rate-limit', 'share']), ms: Type.Number() },
      { description: 'What held this attempt up before it began, and for how long' },
    ),
  ),
};
export const Span = Type.Object(span);
export type Span = Static<typeof Span>;
/** A call that began and whose outcome nobody recorded. */
export const Doubt = Type.Object({
  nodeId: Type.String(),
  iteration: Type.Integer(),
  since: Timestamp,
  attempt: Type.Integer(),
  error: Type.Optional(ErrorBody),
  inputRef: Type.String(),
});
export type Doubt = Static<typeof Doubt>;

export const WaitsFor = Type.Object({
  nodeId: Type.String(),
  iteration: Type.Integer(),
  /** `breaker`, `rate-limit`, `share`: held up, without an attempt being counted. */
  kind: literals(['time', 'event', 'children', 'doubt', 'retry', 'breaker', 'rate-limit', 'share']),
  until: Type.Optional(Timestamp),
  key: Type.Optional(Type.String()),
  eventType: Type.Optional(Type.String()),
  count: Type.Optional(Type.Integer({ description: 'Children' })),
  done: Type.Optional(Type.Integer({ description: 'Children that have ended' })),
});
export type WaitsFor = Static<typeof WaitsFor>;

/** An effect of the saga log. */
export const SagaEffect = Type.Object({
  nodeId: Type.String(),
  iteration: Type.Integer(),
  compensate: Type.String({ description: 'The node that undoes it' }),
  undone: Type.Optional(Type.Boolean()),
});
export type SagaEffect = Static<typeof SagaEffect>;

export const ExecutionDetail = Type.Object({
  ...executionRow,
  spans: Type.Array(Span),
  doubt: Type.Optional(Type.Array(Doubt, { description: 'Calls of which only a person can say how they ended' })),
  waitsFor: Type.Optional(Type.Array(WaitsFor)),
  queuedBehind: Type.Optional(
    Type.String({ description: 'The execution with its ordering key that has to end before this one begins' }),
  ),
  children: Type.Optional(Type.Integer({ description: 'Executions that this one started' })),
  replays: Type.Optional(Type.Array(Type.String(), { description: 'Executions that replay this one, oldest first' })),
  effects: Type.Optional(Type.Array(SagaEffect, { description: 'Effects that can be undone, in the order done' })),
});
export type ExecutionDetail = Static<typeof ExecutionDetail>;

export const TestRun = Type.Object({
  status: ExecutionStatus,
  durationMs: Type.Number(),
  error: Type.Optional(ErrorBody),
  reply: Type.Optional(Type.Unknown()),
  /** Spans with their payloads inline. */
  spans: Type.Array(
    Type.Object({
      ...span,
      input: Type.Optional(Type.Unknown()),
      output: Type.Optional(Type.Unknown()),
      config: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), {
          description: 'Evaluated settings of a node that was answered for',
        }),
      ),
    }),
  ),
  xrefs: Type.Optional(
    Type.Array(Type.Unsafe<TestXref>({ type: 'object' }), {
      description: 'Cross-references that it looked up and found, as a test has them',
    }),
  ),
  next: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Where the run was stopped before its end, the ids of the nodes that are next',
    }),
  ),
});
export type TestRun = Static<typeof TestRun>;
