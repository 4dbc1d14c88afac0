import type { CrossReferenceQuery, CrossReferences } from '@crossdock/mapping';
import type { Core } from './core.ts';
import { type Execution, opened, sealed } from './execution.ts';
import type { FrontierEntry, RestingLookup } from './records.ts';

/** So many look-ups of an execution are kept in its journal; beyond that they are made anew after a crash or a wait. */
const MAX_KEPT = 500;

/**
 * Cross-references as one arrival at a node sees them. What was found stays so for the rest of the execution, and what was not found for this arrival
 * alone: whoever links the id in between makes it found by the nodes that follow.
 */
export function createLookUp(core: Core, execution: Execution, { nodeId, iteration }: FrontierEntry): CrossReferences {
  const at = `${nodeId}/${iteration}`;
  return async (query) => {
    const known = knownLookUps(core, execution);
    const of = tupleOf(query);
    const found = known.get(keyOf({ of })) ?? known.get(keyOf({ of, at }));
    if (found) return found;
    const ids = [...(await core.ports.xrefs.find(execution.address.env, query))];
    const lookup: RestingLookup = { of, ids, ...(ids.length === 0 ? { at } : {}) };
    known.set(keyOf(lookup), ids);
    const { snapshot } = execution;
    const kept = snapshot.lookups ?? [];
    if (kept.length < MAX_KEPT) snapshot.lookups = [...kept, sealed(core.ports, execution, lookup)];
    return ids;
  };
}

function knownLookUps({ ports }: Core, execution: Execution): Map<string, readonly string[]> {
  execution.lookups ??= new Map(
    (execution.snapshot.lookups ?? []).map((resting) => {
      const lookup = opened(ports, execution, resting) as RestingLookup;
      return [keyOf(lookup), lookup.ids];
    }),
  );
  return execution.lookups;
}

const tupleOf = ({ entity, system, id, toSystem }: CrossReferenceQuery): RestingLookup['of'] => [
  entity,
  system,
  id,
  toSystem,
];

const keyOf = ({ of, at }: Pick<RestingLookup, 'of' | 'at'>): string =>
  JSON.stringify(at === undefined ? of : [...of, at]);
