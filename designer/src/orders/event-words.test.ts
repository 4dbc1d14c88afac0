import { expect, test } from 'vitest';
import { eventDetail, eventTitle, ownLineKeys } from './event-words.ts';

const link = {
  type: 'com.platform.xref.linked.v1',
  data: { entity: 'order_line', keys: ['Q-1/2', 'odoo:sale.order.line::78'] },
};
const order = { timeline: [link], lines: [{ lineKey: 'Q-1/1' }, { lineKey: 'Q-1/2' }] } as never;
const shipped = { data: { lineKey: 'odoo:sale.order.line::78', factKey: 'odoo:stock.picking::64' } };

test('a line is called as the order calls it once both keys are linked, and a document by its system and id', () => {
  expect(eventDetail(shipped, ownLineKeys(order))).toBe('line 2 · odoo · Transfer 64');
  expect(eventDetail(shipped)).toBe('line odoo · Order line 78 · odoo · Transfer 64');
  expect(eventDetail({ data: { lineKey: 'Q-1/2', factKey: 'shp_1' } })).toBe('line 2 · shp_1');
});

test('of a document that was read whole the first lines are told, and that there are more', () => {
  const facts = [1, 2, 3, 4, 5].map((no) => ({
    ...{
      kind: 'allocated',
      lineKey: `Q-1/${no}`,
      factKey: 'odoo:stock.picking::64',
      qty: { value: `${no}`, uom: 'EA' },
    },
  }));
  const data = { document: { type: 'stock.picking', key: 'odoo:stock.picking::64' }, facts: facts.slice(0, 2) };
  expect(eventDetail({ data })).toBe('odoo · Transfer 64 · line 1: Allocated 1 EA · line 2: Allocated 2 EA');
  expect(eventDetail({ data: { ...data, facts } })).toMatch(/line 4: Allocated 4 EA · …$/);
});

test('exceptions are called as people call them, with times as they read them', () => {
  const reason = 'received since 2026-11-30T20:27:31.985Z, not validated within 15 min';
  const detail = eventDetail({ data: { code: 'STUCK_BEFORE_VALIDATION', reason } });
  expect(detail).toMatch(/^Not validated · received since .+, not validated within 15 min$/);
  expect(detail).not.toContain('985Z');
  expect(eventDetail({ data: { code: 'CREDIT', reason: 'Limit' } })).toBe('CREDIT · Limit');
});

test('what rules clear has passed, and what a person does is settled', () => {
  const type = 'com.platform.exception.cleared.v1';
  expect(eventTitle({ type, source: '//rules' })).toBe('Exception passed');
  expect(eventTitle({ type, source: '//people' })).toBe('Exception settled');
});

test('a scan says in words how the shipment is, and its number once', () => {
  const scan = { shipmentKey: 'ups:tracking::1Z1', tracking: '1Z1', status: 'in_transit', code: 'IT' };
  expect(eventDetail({ data: scan })).toBe('IT · on its way · ups · Tracking number 1Z1');
  expect(eventDetail({ data: { shipmentKey: 'shp_1', tracking: '1Z1', status: 'lost' } })).toBe('lost · shp_1 · 1Z1');
});
