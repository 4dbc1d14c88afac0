import type { Shape } from '../shape/index.ts';

/** What is known of the values around a mapping; what is left out may be anything. */
export interface MappingShapes {
  /** What arrives at the mapping: `$` and `$$`. */
  readonly input?: Shape;
  /** The variables that are given, by name without `$`. All there are: others are reported as unknown. */
  readonly variables?: Readonly<Record<string, Shape>>;
  /** What the mapping should give. */
  readonly output?: Shape;
  /** Which systems know which kinds of things by ids, for `$xref`. */
  readonly crossReferences?: readonly { readonly entity: string; readonly system: string }[];
}
