import type { MessagePort } from '@crossdock/connector-sdk';
import type {
  CancelPort,
  ChildPort,
  CommandPort,
  DeadLetterPort,
  EventPort,
  GuardPort,
  JournalPort,
  LanePort,
  Lease,
  ReplyPort,
  TimerPort,
  TracePort,
} from '@crossdock/engine';

/** What a worker needs of the bus beyond `Bus`: the engine's ports on JetStream and the leases. */
export interface WorkerSide {
  readonly journal: JournalPort;
  readonly timers: TimerPort;
  readonly trace: TracePort;
  readonly deadLetters: DeadLetterPort;
  readonly replies: ReplyPort;
  readonly lanes: LanePort;
  readonly children: ChildPort;
  readonly events: EventPort;
  readonly commands: CommandPort;
  readonly cancels: CancelPort;
  readonly guards: GuardPort;
  messages(env: string): MessagePort;
  /**
   * Delivers leases of every flow that is or was deployed (and of fired timers) to `carry`, at most `concurrency` at once,
   * flow by flow in turn and no flow more than half of them; keeps what is held alive with `working()` every 3 s. Stop: pulls no more, gives buffered leases back at once,
   * waits for running ones up to `graceMs`, then aborts them and gives them back.
   */
  consumeLeases(
    options: { concurrency: number },
    carry: (lease: Lease, signal: AbortSignal) => Promise<void>,
  ): Promise<{ stop(graceMs: number): Promise<void>; inFlight(): number }>;
  /** Executions that nobody would have woken and that a reconciler had to, since the start: 0 unless a promise was broken. */
  repairs(): number;
  /** Triggers that came again after their watermark and were not run, since the start. */
  oldTriggers(): number;
  /** Trace records that the bus did not take, since the start. */
  droppedTraces(): number;
  /** Sends what trace and replies still hold. */
  flush(): Promise<void>;
}
