import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { expect, test } from 'vitest';
import { xrefLink } from './manifest.ts';
import { runXrefLink } from './run.ts';

test('xref.link links both ids as texts, with the name where there is one, and hands its input on', async () => {
  const linked: unknown[] = [];
  const xrefs = {
    link: async (wanted: unknown) => {
      linked.push(wanted);
      return { recordId: 'r1' };
    },
    reserve: () => Promise.reject(new Error('not asked')),
    release: () => Promise.reject(new Error('not asked')),
  };
  const config = { entity: 'customer', system: 'shop', id: '= $trigger.id', toSystem: 'odoo', toId: '= id' };
  const options = { input: { id: 7 }, trigger: { id: 'c-12' }, xrefs };
  const { emits } = await runNodeForTest(xrefLink, runXrefLink, { ...options, config });
  await runNodeForTest(xrefLink, runXrefLink, { ...options, config: { ...config, name: 'Acme', several: true } });
  const ids = [
    { system: 'shop', id: 'c-12' },
    { system: 'odoo', id: '7' },
  ];
  expect(linked).toEqual([
    { entity: 'customer', ids, several: false },
    { entity: 'customer', ids: ids.map((id) => ({ ...id, name: 'Acme' })), several: true },
  ]);
  expect(emits).toEqual([{ handle: 'out', payload: { id: 7 } }]);
});
