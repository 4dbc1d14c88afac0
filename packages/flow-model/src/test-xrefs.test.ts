import { describe, expect, it } from 'vitest';
import { findIn, xrefsOf } from './test-xrefs.ts';

describe('cross-references of a test', () => {
  const xrefs = [
    { entity: 'customer', ids: { shop: ['4711', '4712'], odoo: '7' } },
    { entity: 'product', ids: { shop: '4711', odoo: '9' } },
  ];
  const query = { entity: 'customer', system: 'shop', id: '4712', toSystem: 'odoo' };

  it('are found by any id of the thing, from any of its systems', () => {
    expect(findIn(xrefs, query)).toEqual(['7']);
    expect(findIn(xrefs, { entity: 'customer', system: 'odoo', id: '7', toSystem: 'shop' })).toEqual(['4711', '4712']);
    expect(findIn(xrefs, { ...query, id: '9' })).toEqual([]);
    expect(findIn(xrefs, { ...query, toSystem: 'constructor' })).toEqual([]);
  });

  it('are those that look-ups found, each again', () => {
    const found = xrefsOf([
      { of: ['customer', 'shop', '1', 'odoo'], ids: ['7'] },
      { of: ['customer', 'shop', '1', 'wms'], ids: ['a', 'b'] },
      { of: ['customer', 'shop', '2', 'odoo'], ids: [] },
    ]);
    expect(found).toEqual([{ entity: 'customer', ids: { shop: '1', odoo: '7', wms: ['a', 'b'] } }]);
    expect(findIn(found, { entity: 'customer', system: 'shop', id: '1', toSystem: 'wms' })).toEqual(['a', 'b']);
  });
});
