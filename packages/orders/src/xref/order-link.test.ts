import { describe, expect, it } from 'vitest';
import { eventProblems } from '../events/event-problems.ts';
import { orderKeyOf, orderLinkEvent } from './order-link.ts';
import { isLinkStatement, resolveLinks } from './resolve-links.ts';

const at = new Date('2026-11-30T08:00:00Z');
const later = new Date('2026-11-30T09:00:00Z');

describe('an id of an order', () => {
  it.each([
    ['crossdock', '#1001', '#1001'],
    ['shop', '5940:1', 'shop:order::5940%3A1'],
    ['odoo', '53', 'odoo:sale.order::53'],
    ['odoo-eu', '53', 'odoo-eu:sale.order::53'],
  ])('of %s names %s by the key %s', (system, id, key) => {
    expect(orderKeyOf({ system, id })).toBe(key);
  });

  it('is linked and taken back by events of the catalogue, the later of which counts', () => {
    const keys = ['#1001', 'odoo:sale.order::53'] as const;
    const linked = orderLinkEvent('xref.linked', keys, { at, origin: 'user' });
    const unlinked = orderLinkEvent('xref.unlinked', keys, { at: later });
    expect([...eventProblems(linked), ...eventProblems(unlinked)]).toEqual([]);
    expect(linked).toMatchObject({ partitionkey: '#1001', data: { entity: 'order', reportedBy: 'person' } });
    expect(linked.id).not.toBe(unlinked.id);
    const rootOf = (...events: (typeof linked)[]) =>
      resolveLinks(events.filter(isLinkStatement)).rootOf('order', 'odoo:sale.order::53');
    expect([rootOf(linked), rootOf(unlinked, linked)]).toEqual(['#1001', 'odoo:sale.order::53']);
  });
});
