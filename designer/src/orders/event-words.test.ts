import { expect, test } from 'vitest';
import { eventDetail, ownLineKeys } from './event-words.ts';

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
