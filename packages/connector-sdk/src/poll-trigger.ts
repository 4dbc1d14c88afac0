import type { OpenConnection } from './define-connection-type.ts';
import type { ConfigOf } from './define-node-type.ts';
import type { HttpPort } from './run-context.ts';

/** What a trigger that asks a system for what has changed gets for one look at it. */
export interface PollContext<Config = Record<string, unknown>> {
  /** With defaults. */
  readonly config: Config;
  readonly connection: OpenConnection;
  readonly http: HttpPort;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: number;
  /** Evaluates a mapping with `$vars` alone bound; throws `DATA_MAPPING`. */
  evaluate(source: string): Promise<unknown>;
}

/** What one look found. Positions are JSON below 900 KB. */
export interface Poll {
  /** Stored before anything starts: whoever reads it finds the same `arrivals` again that may not have been started yet. */
  readonly claim: unknown;
  /** Stored once all of them have been started. */
  readonly settled: unknown;
  /** What is to start executions, oldest first. `key` is that of no other arrival of this trigger, and the same however often this one is found. */
  readonly arrivals: readonly { readonly key: string; readonly payload: unknown }[];
  /** There is more than one look takes: look again at once. */
  readonly more: boolean;
}

/**
 * Looks at a system for what has changed since `position`; undefined on the first look, which starts nothing. Changes nothing there. Throws
 * `FlowError`s: `REMOTE_POSITION_LOST` ends polling until the flow is deployed anew, after any other it looks again later.
 */
export type PollTrigger<M = unknown> = (
  position: unknown,
  context: PollContext<unknown extends M ? Record<string, unknown> : ConfigOf<M>>,
) => Promise<Poll>;
