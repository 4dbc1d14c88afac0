/**
 * Makes of what stands for a node in a simulated run what its settings ask for, so that a run on samples says something true: an answer that the
 * settings would not let come is left out. Pure, but for `evaluate`, which evaluates a mapping on what came into the node.
 */
export type NarrowAnswer<Config = Record<string, unknown>> = (
  output: unknown,
  asked: { readonly config: Config; evaluate(mapping: string): Promise<unknown> },
) => unknown;
