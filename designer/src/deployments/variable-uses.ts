import type { VariableUse } from '@crossdock/api-contract';

/** Uses by the name of the variable, those of what runs first. */
export function usesByName(uses: readonly VariableUse[]): ReadonlyMap<string, readonly VariableUse[]> {
  const byName = new Map<string, VariableUse[]>();
  for (const use of uses.toSorted((a, b) => Number(a.revision === null) - Number(b.revision === null)))
    byName.set(use.name, [...(byName.get(use.name) ?? []), use]);
  return byName;
}

/** Names that what runs in the environment cannot do without and that are not set, in the order of `uses`. */
export function missingNames(uses: readonly VariableUse[], isSet: (name: string) => boolean): string[] {
  const needed = uses.filter(({ revision, isNeeded }) => revision !== null && isNeeded);
  return [...new Set(needed.map(({ name }) => name))].filter((name) => !isSet(name));
}
