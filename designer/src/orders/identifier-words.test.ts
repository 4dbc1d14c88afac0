import { expect, test } from 'vitest';
import { identifierName } from './identifier-words.ts';

test.each([
  ['odoo', 'sale.order', '', 'Sales order · odoo'],
  ['customer', 'order', '', 'Customer’s PO'],
  ['carrier', 'tracking', '', 'Tracking number'],
  ['crossdock', 'order', '', 'Order key'],
  ['crossdock', 'shipment', '', 'Shipment · Crossdock'],
  ['finance', 'invoice', '', 'Invoice number'],
  ['wms-east', 'shipment', 'w1', 'Shipment · wms-east · w1'],
  ['shop', 'x.custom', '', 'x.custom · shop'],
  ['shop', 'toString', '', 'toString · shop'],
])('%s %s in "%s" is called %s', (system, type, scope, name) => {
  expect(identifierName({ system, type, scope })).toBe(name);
});
