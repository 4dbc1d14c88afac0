import { describe, expect, test } from 'vitest';
import { readTable } from './read-table.ts';

describe('a table of ids', () => {
  test('has a column per system, with names and key fields beside', () => {
    const { rows, problems } = readTable('odoo;shop;name;field.vat\r\n7;12;"Acme; Ltd";DE 1\r\n8;;;\r\n');
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        ids: [
          { system: 'odoo', id: '7' },
          { system: 'shop', id: '12' },
        ],
        fields: { vat: 'DE 1' },
        name: 'Acme; Ltd',
      },
      { line: 3, ids: [{ system: 'odoo', id: '8' }], fields: {} },
    ]);
  });

  test('tells what is wrong by line and column, and still gives the other lines', () => {
    const long = 'x'.repeat(301);
    const { rows, problems } = readTable(`odoo,shop\n7,12\n7,13\n,\n8,${long}\n9,14,15\n10,16\n`);
    expect(rows.map(({ line }) => line)).toEqual([2, 7]);
    expect(problems).toEqual([
      { line: 3, column: 'odoo', message: '"7" stands in line 2 already' },
      { line: 4, message: 'names no id' },
      { line: 5, column: 'shop', message: 'is longer than 300 characters' },
      { line: 6, message: 'has more cells than the first line' },
    ]);
  });

  test.each([
    ['', 'is empty'],
    ['name\nAcme', 'no column of a system'],
    ['odoo,odoo\n1,2', 'stands twice'],
    ['odoo,Web Shop\n1,2', 'is no name of a system'],
    ['odoo\n"7', 'is no CSV'],
  ])('that cannot be read says why: %j', (text, message) => {
    expect(readTable(text).problems[0]?.message).toContain(message);
    expect(readTable(text).rows).toEqual([]);
  });
});
