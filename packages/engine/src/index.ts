export { childExecutionId } from './child-id.ts';
export { createEngine } from './engine.ts';
export type { AloneOutcome, Engine, EngineObserver, EngineOptions, TracedExecution } from './engine-options.ts';
export { noConnections } from './no-connections.ts';
export { noSeal } from './no-seal.ts';
export { noStatuses } from './no-statuses.ts';
export { noXrefs } from './no-xrefs.ts';
export type {
  BreakerState,
  CancelPort,
  ChildPort,
  Clock,
  CommandPort,
  ConnectionPort,
  CrossReferencePort,
  DeadLetterPort,
  EnginePorts,
  EventPort,
  ExecutionAddress,
  FlowSource,
  GuardPort,
  JournalPort,
  LaneAddress,
  LanePort,
  Lease,
  ParentOf,
  QueuedTrigger,
  ReplyPort,
  SealPort,
  TimerPort,
  TracePort,
  XrefActor,
} from './ports.ts';
export {
  type BusinessKeys,
  type ChildEnd,
  type Command,
  type DeadLetterRecord,
  type DoneEffect,
  type DoubtOutcome,
  type EntryWait,
  type ExecutionStatus,
  type FrontierEntry,
  type JournalSnapshot,
  type LaneRecord,
  type OpenSplit,
  type ParentRef,
  type ReplaySeed,
  type RestingLookup,
  type RestingValue,
  type Span,
  type SpanStatus,
  TERMINAL_STATUSES,
  type TraceRecord,
  type TriggerRecord,
} from './records.ts';
export { type OnceResult, type OnceSpan, type RunOnceOptions, runOnce } from './run-once.ts';
export { mostAttempts } from './spans.ts';
export { systemClock } from './system-clock.ts';
export { createTokens } from './system-tokens.ts';
export { timeOf } from './timestamp.ts';
export { type TraceContext, traceSpanId } from './trace-context.ts';
