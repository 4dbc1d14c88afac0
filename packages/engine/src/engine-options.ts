import type { ErrorJson } from '@crossdock/errors';
import type { FlowNode } from '@crossdock/flow-model';
import type { ExecutionAddress, Lease } from './ports.ts';
import type { ExecutionStatus, JournalSnapshot, Span, SpanStatus } from './records.ts';
import type { TraceContext } from './trace-context.ts';

/** Carries executions on. Safe to call for many leases at once; two leases of one execution wait for each other. */
export interface Engine {
  /**
   * Carries the lease's execution on until it ends, waits durably, or the lease is lost; acks or releases the lease itself.
   * Aborting `signal` gives the lease back at the next await. Never rejects.
   */
  carry(lease: Lease, signal: AbortSignal): Promise<void>;
  /** Slots taken right now, for metrics. */
  busySlots(): number;
}

/** How a run in another process ended. `crashed`: the process died before it acked or released. */
export type AloneOutcome = 'settled' | 'crashed';

export interface EngineOptions {
  /**
   * Executions that run at once, default 64. In-process retry waits give their slot back, so let the bus deliver about twice as many
   * leases as there are slots.
   */
  slots?: number;
  /**
   * Runs a lease in a process of its own, with an engine made with `alone: true`, and forwards that engine's ack or release to `lease`.
   * Used after two crashes; a crash there condemns the execution. Without it five crashes condemn.
   */
  runAlone?(lease: Lease, signal: AbortSignal): Promise<AloneOutcome>;
  /** Runs a lease as `runAlone` does, in a process that several large executions may share. Without it they run here. */
  runBeside?(lease: Lease, signal: AbortSignal): Promise<AloneOutcome>;
  /** This engine is the process of its own: crashes are counted by the one that started it. */
  alone?: boolean;
  observer?: EngineObserver;
  /** Most elements of a split that run inside its execution, default 50; more become executions of their own. */
  itemsInProcess?: number;
}

/** For metrics and logs; must not throw. */
export interface EngineObserver {
  attempted?(event: {
    flowId: string;
    env: string;
    nodeId: string;
    nodeType: string;
    attempt: number;
    status: SpanStatus;
    durationMs: number;
    /** See `Span.remote`. */
    remote?: string;
    error?: ErrorJson;
  }): void;
  /** A durable end or a durable wait. `durationMs` since the trigger was received. */
  settled?(event: { address: ExecutionAddress; status: ExecutionStatus; durationMs: number }): void;
  /**
   * For traces: an attempt is over, or a wait, which tells once however often its execution sleeps. What was told and not recorded before a
   * crash is made, and told, again as a span of its own.
   */
  spanClosed?(of: TracedExecution, span: Span): void;
  /** For traces: the terminal record is written. `node` is the trigger. */
  ended?(of: TracedExecution): void;
  /** A trigger that the watermark has passed and no record knows came again, and was not run. */
  dropped?(address: ExecutionAddress): void;
  /** Our own trouble: the lease was given back. */
  troubled?(event: { address: ExecutionAddress; error: ErrorJson }): void;
}

/** What traces need to know of an execution and one node of it; `snapshot` is not to be kept. */
export interface TracedExecution {
  snapshot: JournalSnapshot;
  trace: TraceContext;
  /** Missing where the revision cannot be planned. */
  node?: FlowNode;
}
