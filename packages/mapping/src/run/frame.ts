/**
 * The variables of one block, one call or one element of a tuple stream: the frame around it first, then a value for each name in the order
 * that the compiler gave them. A slot not assigned yet holds `UNBOUND`, so that the name means what it means further out.
 */
export type Frame = [parent: Frame | undefined, ...values: unknown[]];

export const UNBOUND: unique symbol = Symbol('unbound variable');
