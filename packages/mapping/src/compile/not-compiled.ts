/** Thrown while compiling where only the reference knows what an expression means. The message says which construct that is. */
export class NotCompiled extends Error {}
