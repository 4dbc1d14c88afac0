import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import { xrefReserve } from './manifest.ts';
import { runXrefReserve } from './run.ts';

const config = { entity: 'customer', system: 'shop', id: '= customer.id', toSystem: 'odoo', holdMinutes: 2 };
type Answer = Awaited<ReturnType<import('@crossdock/connector-sdk').XrefPort['reserve']>>;

async function run(answer: Answer) {
  const asked: unknown[] = [];
  const xrefs = {
    reserve: async (wanted: unknown) => {
      asked.push(wanted);
      return answer;
    },
    link: () => Promise.reject(new Error('not asked')),
    release: () => Promise.reject(new Error('not asked')),
  };
  const { emits } = await runNodeForTest(xrefReserve, runXrefReserve, {
    config,
    input: { customer: { id: 12 } },
    xrefs,
  });
  return { asked, emits };
}

describe('xref.reserve', () => {
  test('goes on by "reserved" with what names the thing, having asked for so long', async () => {
    const { asked, emits } = await run({ kind: 'reserved', recordId: 'r1', until: 0 });
    expect(asked).toEqual([
      { entity: 'customer', from: { system: 'shop', id: '12' }, toSystem: 'odoo', holdMs: 120_000 },
    ]);
    expect(emits).toEqual([{ handle: 'reserved', payload: { recordId: 'r1', until: '1970-01-01T00:00:00.000Z' } }]);
  });

  test('goes on by "linked" with the id that there is, and fails where there are several', async () => {
    const { emits } = await run({ kind: 'linked', recordId: 'r1', ids: ['7'] });
    expect(emits).toEqual([{ handle: 'linked', payload: { recordId: 'r1', id: '7' } }]);
    await expect(run({ kind: 'linked', recordId: 'r1', ids: ['7', '8'] })).rejects.toMatchObject({
      code: 'DATA_XREF_SEVERAL',
    });
  });

  test('is to be tried again while another execution makes it', async () => {
    await expect(run({ kind: 'held', recordId: 'r1', until: 1 })).rejects.toMatchObject({
      code: 'REMOTE_XREF_RESERVED',
      details: { entity: 'customer', id: '12', toSystem: 'odoo' },
    });
  });
});
