import type { Sequence } from '../run.ts';

/** Marks a list as a sequence. The list must be fresh: input never carries marks. */
export function asSequence(list: unknown[]): Sequence {
  (list as Sequence).sequence = true;
  return list as Sequence;
}

/** What a filter gives that keeps nothing. */
export const EMPTY_SEQUENCE: Sequence = Object.freeze(asSequence([])) as Sequence;

export function isSequence(value: unknown): value is Sequence {
  return Array.isArray(value) && (value as Sequence).sequence === true;
}

/** What an expression gives that found this: nothing, one value, or a sequence of several. */
export function collapsed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || (value as Sequence).sequence !== true || !Array.isArray(value)) {
    return value;
  }
  if (value.length === 0) return undefined;
  return value.length === 1 && !(value as Sequence).keepSingleton ? value[0] : value;
}

/** `collapsed` behind `[]`: what was found once stays a list. */
export function kept(value: unknown): unknown {
  if (!isSequence(value)) return value;
  if (value.length === 0) return undefined;
  value.keepSingleton = true;
  return value;
}
