import { describe, expect, it } from 'vitest';
import { eventDefinition } from '../events/catalogue/index.ts';
import { DEFAULT_STATUS_MAPS } from './default-status-maps.ts';
import { statusEntry, statusMapProblems } from './status-map.ts';

describe('a status map', () => {
  const entries = [
    { document: 'stock.picking', status: 'done', event: 'com.platform.order.line.shipped.v1' },
    { document: 'stock.picking', status: 'draft', event: null },
  ];

  it('knows what was said and nothing near it', () => {
    expect(statusEntry(entries, { document: 'stock.picking', status: 'done' })?.event).toContain('shipped');
    expect(statusEntry(entries, { document: 'stock.picking', status: 'draft' })?.event).toBeNull();
    for (const near of ['Done', 'done ', 'don'])
      expect(statusEntry(entries, { document: 'stock.picking', status: near })).toBeUndefined();
    expect(statusEntry(entries, { document: 'sale.order', status: 'done' })).toBeUndefined();
  });

  it('is told by entry what is wrong with it', () => {
    const wrong = [
      { document: '', status: ' ', event: null },
      { document: '', status: 'a', event: null },
      { document: '', status: 'a', event: null },
      { document: 'x', status: 'a', event: 'com.platform.order.lost.v1' },
    ];
    expect(statusMapProblems(wrong).map(({ at }) => at)).toEqual([0, 2, 3]);
    expect(statusMapProblems(wrong)[2]?.message).toBe('"com.platform.order.lost.v1" is no event of the catalogue');
    expect(statusMapProblems(entries)).toEqual([]);
  });

  it('comes for Odoo, carriers and a warehouse, each without a problem and with events that there are', () => {
    for (const [system, map] of Object.entries(DEFAULT_STATUS_MAPS)) {
      expect(statusMapProblems(map), system).toEqual([]);
      for (const { event } of map) if (event !== null) expect(eventDefinition(event), event).toBeDefined();
    }
    const picking = { document: 'stock.picking', status: 'assigned' };
    expect(statusEntry(DEFAULT_STATUS_MAPS.odoo ?? [], picking)?.event).toContain('allocated');
  });
});
