import type { Flow } from '@crossdock/flow-model';

/** Those variables that the flow names: the rest of an environment's is none of its tests' business. */
export function usedVariables(
  { nodes, settings }: Pick<Flow, 'nodes' | 'settings'>,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const text = JSON.stringify([nodes, settings]);
  if (!text.includes('$vars')) return {};
  return Object.fromEntries(Object.entries(variables).filter(([name]) => text.includes(name)));
}
