export { createEngine } from './engine.ts';
export type { AloneOutcome, Engine, EngineObserver, EngineOptions } from './engine-options.ts';
export type {
  Clock,
  DeadLetterPort,
  EnginePorts,
  ExecutionAddress,
  FlowSource,
  JournalPort,
  Lease,
  ReplyPort,
  SealPort,
  TimerPort,
  TracePort,
} from './ports.ts';
export {
  type BusinessKeys,
  type DeadLetterRecord,
  type ExecutionStatus,
  type FrontierEntry,
  type JournalSnapshot,
  type Span,
  type SpanStatus,
  TERMINAL_STATUSES,
  type TraceRecord,
  type TriggerRecord,
} from './records.ts';
export { type OnceResult, type OnceSpan, type RunOnceOptions, runOnce } from './run-once.ts';
