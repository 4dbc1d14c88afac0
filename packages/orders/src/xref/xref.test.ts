import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityMerged, xrefLinked, xrefUnlinked } from '../events/catalogue/identity.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { exampleEvent } from '../events/envelope.ts';
import { isCanonicalKey, lineKeyOf, refKey, refOfKey } from './keys.ts';
import { isLinkStatement, resolveLinks } from './resolve-links.ts';
import { UnionFind } from './union-find.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const pairs = fc.array(fc.tuple(key, key), { maxLength: 12 });

const joined = (all: readonly (readonly [string, string])[]): UnionFind => {
  const sets = new UnionFind();
  for (const [a, b] of all) sets.join(a, b);
  return sets;
};

describe('UnionFind', () => {
  it('gives the same roots in whatever order, and however often, keys are joined', () => {
    fc.assert(
      fc.property(pairs, fc.infiniteStream(fc.nat()), (all, picks) => {
        const again = [...all, ...all].sort(() => (picks.next().value! % 2 === 0 ? 1 : -1));
        for (const one of 'abcdefg') expect(joined(again).rootOf(one)).toBe(joined(all).rootOf(one));
      }),
    );
  });

  it('joins what is reachable over pairs, and nothing else', () => {
    fc.assert(
      fc.property(pairs, key, key, (all, from, to) => {
        const seen = new Set([from]);
        for (let size = 0; size < seen.size; ) {
          size = seen.size;
          for (const [a, b] of all) if (seen.has(a) || seen.has(b)) seen.add(a).add(b);
        }
        const sets = joined(all);
        expect(sets.rootOf(from) === sets.rootOf(to)).toBe(seen.has(to));
      }),
    );
  });

  it('has the least key of a set as its root', () => {
    const sets = joined([
      ['x', 'c'],
      ['c', 'm'],
      ['p', 'q'],
    ]);
    expect([...sets.sets()]).toEqual([
      ['c', ['c', 'm', 'x']],
      ['p', ['p', 'q']],
    ]);
  });
});

describe('keys', () => {
  it('reads back every reference', () => {
    const part = fc.string({ minLength: 1 });
    const reference = fc.record(
      { system: part, type: part, id: part, scope: part },
      { requiredKeys: ['system', 'type', 'id'] },
    );
    fc.assert(fc.property(reference, (ref) => void expect(refOfKey(refKey(ref))).toEqual(ref)));
  });

  it('tells canonical keys from those of references', () => {
    expect(isCanonicalKey('shp_01JD9')).toBe(true);
    expect(isCanonicalKey(refKey({ system: 'shp_x', type: 't', id: '1' }))).toBe(false);
    expect(refOfKey('shp_01JD9')).toBeUndefined();
    expect(lineKeyOf('ord_1', 2)).toBe('ord_1/2');
  });
});

describe('resolveLinks', () => {
  let count = 0;
  const statement = (kind: 'link' | 'unlink', keys: [string, string], rev = 0): OrderEvent => {
    const base = exampleEvent(kind === 'link' ? xrefLinked : xrefUnlinked);
    return { ...base, id: `s${count++}`, data: { entity: 'shipment', keys, rev } } as OrderEvent;
  };
  const merge = (from: string, into: string): OrderEvent => {
    const base = exampleEvent(entityMerged);
    return { ...base, id: `s${count++}`, data: { entity: 'shipment', from, into } };
  };
  const resolve = (events: readonly OrderEvent[]) => resolveLinks(events.filter(isLinkStatement));

  it('links, unlinks and links again by revision, whichever comes first', () => {
    const link = statement('link', ['shp_1', 'wms:s::7']);
    const unlink = statement('unlink', ['wms:s::7', 'shp_1'], 1);
    const again = statement('link', ['shp_1', 'wms:s::7'], 2);
    expect(resolve([link]).rootOf('shipment', 'wms:s::7')).toBe('shp_1');
    expect(resolve([unlink, link]).rootOf('shipment', 'wms:s::7')).toBe('wms:s::7');
    expect(resolve([again, unlink, link]).rootOf('shipment', 'wms:s::7')).toBe('shp_1');
  });

  it('takes back one link only: the others of the set stand', () => {
    const links = resolve([
      statement('link', ['shp_1', 'wms:s::7']),
      statement('link', ['wms:s::7', 'odoo:p::9']),
      statement('unlink', ['shp_1', 'wms:s::7'], 1),
    ]);
    expect(links.rootOf('shipment', 'odoo:p::9')).toBe('odoo:p::9');
    expect(links.rootOf('shipment', 'wms:s::7')).toBe('odoo:p::9');
    expect(links.rootOf('shipment', 'shp_1')).toBe('shp_1');
  });

  it('keeps entities apart', () => {
    expect(resolve([statement('link', ['a', 'b'])]).rootOf('invoice', 'b')).toBe('b');
  });

  it('names two canonical keys that links make one, unless they were merged', () => {
    const links = [statement('link', ['shp_1', 'wms:s::7']), statement('link', ['shp_2', 'wms:s::7'])];
    expect(resolve(links).conflicts).toEqual([
      { entity: 'shipment', canonical: ['shp_1', 'shp_2'], keys: ['shp_1', 'shp_2', 'wms:s::7'] },
    ]);
    expect(resolve([merge('shp_2', 'shp_1'), ...links]).conflicts).toEqual([]);
  });
});
