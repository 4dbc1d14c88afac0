import type { EnginePorts } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { findIn, idsIn, type TestXref } from '@crossdock/flow-model';

type CrossReferencePort = EnginePorts['xrefs'];
type Thing = TestXref & { readonly recordId: string };
interface SystemId {
  readonly system: string;
  readonly id: string;
}

/** Cross-references that rest in memory for one test: those that it gives, and what its own nodes link. Record ids are `xref-1`, `xref-2` and so on. */
export function testCrossReferences(given: readonly TestXref[], now: () => number): CrossReferencePort {
  let things: Thing[] = [];
  let count = 0;
  const add = (xref: TestXref): Thing => {
    count += 1;
    const thing = { ...xref, recordId: `xref-${count}` };
    things.push(thing);
    return thing;
  };
  const at = (entity: string, { system, id }: SystemId): Thing | undefined =>
    things.find((one) => one.entity === entity && idsIn(one, system).includes(id));
  for (const xref of given) add(xref);
  return {
    find: async (_env, query) => findIn(things, query),
    of: () => ({
      async reserve({ entity, from, toSystem, holdMs }) {
        const { recordId, ...thing } = at(entity, from) ?? add({ entity, ids: { [from.system]: from.id } });
        const ids = idsIn(thing, toSystem);
        return ids.length > 0
          ? { kind: 'linked', recordId, ids }
          : { kind: 'reserved', recordId, until: now() + holdMs };
      },
      async link({ entity, ids, several }) {
        const meant = new Set(ids.flatMap((one) => at(entity, one) ?? []));
        const [first = add({ entity, ids: {} })] = meant;
        const merged = new Map<string, Set<string>>();
        const all = [...[...meant].flatMap(idsOf), ...ids];
        for (const { system, id } of all) merged.set(system, (merged.get(system) ?? new Set()).add(id));
        const clash = [...merged].find(([, found]) => found.size > 1);
        if (clash && !several) throw conflict(entity, clash[0], [...clash[1]]);
        const linked = {
          ...first,
          ids: Object.fromEntries([...merged].map(([system, found]) => [system, [...found]])),
        };
        things = [...things.filter((one) => one !== first && !meant.has(one)), linked];
        return { recordId: first.recordId };
      },
      // One execution runs: what it has reserved keeps nobody out.
      release: async ({ entity, from, toSystem }) => {
        const thing = at(entity, from);
        return thing !== undefined && idsIn(thing, toSystem).length === 0;
      },
    }),
  };
}

const idsOf = (thing: Thing): SystemId[] =>
  Object.keys(thing.ids).flatMap((system) => idsIn(thing, system).map((id) => ({ system, id })));

function conflict(entity: string, system: string, [one, other]: string[]): FlowError {
  const named = (id: string | undefined) => `${system} "${id}"`;
  const reason = `a thing has one id of ${system}`;
  return new FlowError('DATA_XREF_CONFLICT', {
    details: { entity, system, one: named(one), other: named(other), reason },
  });
}
