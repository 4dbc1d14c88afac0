import type { CrossReferencePort } from '@crossdock/engine';
import { idsIn, type LinkedId } from '@crossdock/xref';
import type { XrefStore } from './xref-store.ts';

/** So long a worker goes on with what it found; what it did not find it looks up anew. */
const FRESH_MS = 2_000;
const MAX_CACHED = 10_000;

interface Cached {
  readonly at: number;
  readonly ids: readonly string[];
}

/** Cross-references for the engine, with what was just found kept in memory. */
export function openCrossReferences(store: XrefStore, now: () => number = Date.now): CrossReferencePort {
  const cache = new Map<string, Cached>();
  return {
    async find(env, query) {
      const { entity, system, id, toSystem } = query;
      const key = JSON.stringify([env, entity, system, id, toSystem]);
      const known = cache.get(key);
      if (known && now() - known.at < FRESH_MS) return known.ids;
      const record = await store.find({ env, entity }, { system, id });
      const ids = record ? idsIn(record, toSystem) : [];
      cache.delete(key);
      if (ids.length > 0) cache.set(key, { at: now(), ids });
      const [oldest] = cache.keys();
      if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
      return ids;
    },
    of(env, { executionId, holder, owner }) {
      const linked = (id: Pick<LinkedId, 'system' | 'id' | 'name'>): LinkedId => ({
        ...id,
        origin: 'flow',
        by: executionId,
        at: new Date(now()).toISOString(),
      });
      return {
        reserve: ({ entity, from, toSystem, holdMs }) =>
          store.reserve({ env, entity }, linked(from), { system: toSystem, holder, owner, until: now() + holdMs }),
        async link({ entity, ids, several }) {
          const { record } = await store.link({ env, entity }, ids.map(linked), { several });
          return { recordId: record.recordId };
        },
        release: ({ entity, from, toSystem }) => store.release({ env, entity }, from, { system: toSystem, owner }),
      };
    },
  };
}
