/** Thrown while compiling where only the reference knows what an expression means. */
export class NotCompiled extends Error {
  readonly construct: string;
  readonly reason: string;

  constructor(construct: string, reason: string) {
    super(`${construct}: ${reason}`);
    this.construct = construct;
    this.reason = reason;
  }
}
