import { describe, expect, test } from 'vitest';
import { linkOf } from './identifier-links.ts';

const connection = (name: string, type = 'odoo') => ({ name, type, settings: { url: `https://${name}.test/` } });
const order = { system: 'odoo', type: 'sale.order', value: '88' };

describe('the address of a record', () => {
  test('is that of the connection which has the name of its system', () => {
    const connections = [connection('odoo-east'), connection('odoo-west')];
    expect(linkOf({ ...order, system: 'odoo-west' }, connections)).toBe(
      'https://odoo-west.test/web#id=88&model=sale.order&view_type=form',
    );
    expect(linkOf(order, connections)).toBeUndefined();
  });

  test('is that of the only Odoo there is', () => {
    expect(linkOf(order, [connection('erp'), connection('wms', 'http')])).toMatch(/^https:\/\/erp\.test\/web#/);
    expect(linkOf({ ...order, system: 'shop' }, [connection('erp')])).toBeUndefined();
  });

  test('is known of records alone', () => {
    for (const odd of [{ value: 'S00088' }, { type: 'order' }, { type: 'sale.order&x=1' }, { value: '8&x' }])
      expect(linkOf({ ...order, ...odd }, [connection('odoo')]), JSON.stringify(odd)).toBeUndefined();
  });
});
