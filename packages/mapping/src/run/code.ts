import type { Evaluation } from './evaluation.ts';
import type { Frame } from './frame.ts';

/** A compiled part of a mapping. `input` is the context value, `frame` holds the variables. */
export type Code = (input: unknown, frame: Frame, run: Evaluation) => unknown;
