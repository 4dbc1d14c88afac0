/** The variables that the engine gives to every mapping, by name without `$`, and what they hold. */
export const GIVEN_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['trigger', 'What started the execution.'],
  ['nodes', 'Outputs of other nodes, by their id: $nodes.map'],
  ['vars', 'Variables of the environment.'],
  ['meta', 'executionId, flowId, revision, env, nodeId, attempt, receivedAt, headers, key.'],
]);

/** What `$` and `$$` hold. */
export const CONTEXT_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['', 'The payload that arrives at the node, or the current element.'],
  ['$', 'The payload that arrives at the node, from anywhere inside.'],
]);
