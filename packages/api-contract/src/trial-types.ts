/**
 * Node types that a test run answers for even when effects are real: they need the bus, where what they send would rest unsealed, or start
 * executions that outlive the run.
 */
export const NEVER_REAL_IN_TRIALS: readonly string[] = ['nats.publish', 'event.emit', 'flow.call'];
