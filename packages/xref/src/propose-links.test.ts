import { describe, expect, test } from 'vitest';
import { proposeLinks } from './propose-links.ts';
import type { XrefRecord } from './record.ts';

const record = (system: string, id: string, name: string, fields: Record<string, string> = {}): XrefRecord => ({
  ...{ recordId: `${system}-${id}`, entity: 'customer', reservations: [] },
  ids: [{ system, id, name, fields, origin: 'import', by: 'Ivy', at: '2026-11-30T08:00:00.000Z' }],
});
const pairs = (...records: XrefRecord[]) =>
  proposeLinks(records, 10).map(({ a, b, because }) => [a.recordId, b.recordId, ...because]);

describe('proposals', () => {
  test('come from equal key fields, however they are written, and from alike names', () => {
    const odoo = record('odoo', '7', 'Müller GmbH', { vat: 'DE 123.456' });
    expect(pairs(odoo, record('shop', '1', 'Somebody', { vat: 'de123456' }))).toEqual([['odoo-7', 'shop-1', 'vat']]);
    expect(pairs(odoo, record('shop', '2', 'Muller'))).toEqual([['odoo-7', 'shop-2', 'name']]);
    expect(pairs(odoo, record('shop', '3', 'Meier GmbH'))).toEqual([]);
  });

  test('are none between records that have a system in common', () => {
    expect(pairs(record('odoo', '7', 'Acme'), record('odoo', '8', 'Acme'))).toEqual([]);
  });

  test('are none for alike names whose key fields differ', () => {
    expect(pairs(record('odoo', '7', 'Acme', { vat: '1' }), record('shop', '8', 'Acme', { vat: '2' }))).toEqual([]);
  });

  test('begin with the likeliest', () => {
    const found = pairs(
      record('odoo', '7', 'Acme Tools', { vat: '1' }),
      record('shop', '1', 'Acme Tools'),
      record('wms', 'A', 'Acme Tools', { vat: '1' }),
    );
    expect(found[0]).toEqual(['odoo-7', 'wms-A', 'vat', 'name']);
    expect(found).toHaveLength(3);
  });
});
