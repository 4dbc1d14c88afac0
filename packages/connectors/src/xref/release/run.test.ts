import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { expect, test } from 'vitest';
import { xrefRelease } from './manifest.ts';
import { runXrefRelease } from './run.ts';

test('xref.release gives back what the execution reserved, and hands its input on', async () => {
  const given: unknown[] = [];
  const xrefs = {
    release: async (wanted: unknown) => {
      given.push(wanted);
      return false;
    },
    reserve: () => Promise.reject(new Error('not asked')),
    link: () => Promise.reject(new Error('not asked')),
  };
  const config = { entity: 'customer', system: 'shop', id: '= id', toSystem: 'odoo' };
  const { emits } = await runNodeForTest(xrefRelease, runXrefRelease, { config, input: { id: 12 }, xrefs });
  expect(given).toEqual([{ entity: 'customer', from: { system: 'shop', id: '12' }, toSystem: 'odoo' }]);
  expect(emits).toEqual([{ handle: 'out', payload: { id: 12 } }]);
});
