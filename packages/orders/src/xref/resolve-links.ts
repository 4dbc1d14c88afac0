import type { Entity } from '../events/catalogue/identity.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { compareStamps, type Stamp, stampOf } from '../events/stamp.ts';
import { isCanonicalKey } from './keys.ts';
import { UnionFind } from './union-find.ts';

/** Two canonical keys in one set, which nobody merged on purpose. */
export interface LinkConflict {
  readonly entity: Entity;
  /** The canonical keys, sorted. */
  readonly canonical: readonly string[];
  /** All keys of the set, sorted: the links to look at. */
  readonly keys: readonly string[];
}

export interface ResolvedLinks {
  /** The key that stands for all that name the same thing; the key itself where nothing is linked. */
  rootOf(entity: Entity, key: string): string;
  readonly conflicts: readonly LinkConflict[];
}

type Statement = Extract<
  OrderEvent,
  { type: 'com.platform.xref.linked.v1' | 'com.platform.xref.unlinked.v1' | 'com.platform.entity.merged.v1' }
>;

interface Register {
  readonly stamp: Stamp;
  readonly entity: Entity;
  readonly pair: readonly [string, string];
  readonly isJoined: boolean;
  readonly isMerge: boolean;
}

export const isLinkStatement = (event: OrderEvent): event is Statement =>
  event.type === 'com.platform.xref.linked.v1' ||
  event.type === 'com.platform.xref.unlinked.v1' ||
  event.type === 'com.platform.entity.merged.v1';

/**
 * Which keys name one thing. Of several statements about the same two keys the one with the highest stamp counts, so that an unlinking takes
 * back its link and a later link both; the sets are then made of the links that stand. Nothing depends on the order of `statements`.
 */
export function resolveLinks(statements: Iterable<Statement>): ResolvedLinks {
  const registers = new Map<string, Register>();
  for (const statement of statements) {
    const next = registerOf(statement);
    const name = JSON.stringify([next.entity, next.isMerge, ...next.pair]);
    const known = registers.get(name);
    if (!known || compareStamps(known.stamp, next.stamp) < 0) registers.set(name, next);
  }
  const standing = [...registers.values()].filter(({ isJoined }) => isJoined);
  const byEntity = Map.groupBy(standing, ({ entity }) => entity);
  const sets = new Map([...byEntity].map(([entity, links]) => [entity, joined(links)]));
  return {
    rootOf: (entity, key) => sets.get(entity)?.rootOf(key) ?? key,
    conflicts: [...byEntity].flatMap(([entity, links]) => conflictsOf(entity, links)).sort(byFirstKey),
  };
}

function registerOf(statement: Statement): Register {
  const { data } = statement;
  const [a, b] = 'keys' in data ? data.keys : ([data.from, data.into] as const);
  return {
    stamp: stampOf(statement),
    entity: data.entity,
    pair: a < b ? [a, b] : [b, a],
    isJoined: statement.type !== 'com.platform.xref.unlinked.v1',
    isMerge: 'from' in data,
  };
}

function joined(links: readonly Register[]): UnionFind {
  const sets = new UnionFind();
  for (const { pair } of links) sets.join(...pair);
  return sets;
}

/** Canonical keys of a set that merges alone do not join. */
function conflictsOf(entity: Entity, links: readonly Register[]): LinkConflict[] {
  const merged = joined(links.filter(({ isMerge }) => isMerge));
  return [...joined(links).sets().values()].flatMap((keys) => {
    const canonical = keys.filter(isCanonicalKey);
    return new Set(canonical.map((key) => merged.rootOf(key))).size > 1 ? [{ entity, canonical, keys }] : [];
  });
}

function byFirstKey(a: LinkConflict, b: LinkConflict): number {
  const [nameA, nameB] = [a, b].map(({ entity, keys }) => `${entity} ${keys[0]}`) as [string, string];
  return nameA < nameB ? -1 : 1;
}
