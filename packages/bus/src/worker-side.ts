import type { DeadLetterPort, JournalPort, Lease, ReplyPort, TimerPort, TracePort } from '@crossdock/engine';

/** What a worker needs of the bus beyond `Bus`: the engine's ports on JetStream and the leases. */
export interface WorkerSide {
  readonly journal: JournalPort;
  readonly timers: TimerPort;
  readonly trace: TracePort;
  readonly deadLetters: DeadLetterPort;
  readonly replies: ReplyPort;
  /**
   * Delivers leases of every flow that is or was deployed (and of fired timers) to `carry`, at most `concurrency` at once,
   * flow by flow in turn and no flow more than half of them; keeps what is held alive with `working()` every 3 s. Stop: pulls no more, gives buffered leases back at once,
   * waits for running ones up to `graceMs`, then aborts them and gives them back.
   */
  consumeLeases(
    options: { concurrency: number },
    carry: (lease: Lease, signal: AbortSignal) => Promise<void>,
  ): Promise<{ stop(graceMs: number): Promise<void>; inFlight(): number }>;
  /** Trace records that the bus did not take, since the start. */
  droppedTraces(): number;
  /** Sends what trace and replies still hold. */
  flush(): Promise<void>;
}
