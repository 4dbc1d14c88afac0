let turn: Promise<void> | undefined;

/**
 * Resolves when this turn of the event loop has read its sockets and all that can go on has gone on, before the process waits. What is sent after it
 * leaves in one write with what others send in the same turn, whichever socket their work came by; a write by itself costs more than the rest of a
 * message.
 */
export function endOfTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}
