import { expect, test } from 'vitest';
import { needStates } from './need-states.ts';

test('what a template needs is there, absent, of another type, or not asked for', () => {
  const needs = {
    connections: [
      { name: 'erp', types: ['http'] },
      { name: 'odoo', types: ['odoo'] },
      { name: 'wms', types: ['http'] },
    ],
    variables: [
      { name: 'url', isNeeded: true },
      { name: 'note', isNeeded: false },
      { name: 'shop', isNeeded: true },
    ],
    flows: ['fulfil', 'gone'],
  };
  const has = {
    connections: [
      { env: 'dev', name: 'erp', type: 'http' },
      { env: 'dev', name: 'odoo', type: 'http' },
      { env: 'prod', name: 'wms', type: 'http' },
    ],
    variables: { shop: '' },
    flows: [{ id: 'fulfil' }],
  };
  expect(needStates(needs, 'dev', has).map(({ name, state }) => `${name} ${state}`)).toEqual([
    ...['erp there', 'odoo unlike', 'wms absent'],
    ...['url absent', 'note optional', 'shop there'],
    ...['fulfil there', 'gone absent'],
  ]);
});
