let turn: Promise<void> | undefined;

/**
 * Resolves when all that can go on now has gone on: before the process turns to its sockets again, but after every promise that is settled by
 * then. What is sent after it leaves in one write with what others send in the same turn; a write by itself costs more than the rest of a message.
 */
export function endOfTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    // Node drains the promises before it comes to this.
    process.nextTick(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}
