import { describe, expect, it } from 'vitest';
import { answerNarrowersByType } from './answer-narrowers.ts';

const narrow = (type: string, output: unknown, config: Record<string, unknown>, domain: unknown = []) =>
  answerNarrowersByType.get(type)?.(output, { config, evaluate: async () => domain });

const records = [
  { id: 1, state: 'sale', partner_id: 3 },
  { id: 2, state: 'draft', partner_id: 3 },
  { id: 3, state: 'sale', partner_id: 4 },
];

describe('what stands for a search', () => {
  const search = (domain: unknown, output: unknown = { records, more: false }, limit = 200) =>
    narrow('odoo.search', output, { domain: '…', limit }, domain);

  it('is the records that the domain lets through', async () => {
    const domain = [
      ['state', '=', 'sale'],
      ['partner_id', 'in', [3]],
    ];
    expect(await search(domain)).toEqual({ records: [records[0]], more: false });
    expect(await search([['state', '=', 'cancel']])).toEqual({ records: [], more: false });
  });

  it('keeps what the fields do not tell', async () => {
    expect(await search([['company_id', '=', 1]])).toEqual({ records, more: false });
  });

  it('is no longer than the limit', async () => {
    expect(await search([['state', '=', 'sale']], undefined, 1)).toEqual({ records: [records[0]], more: true });
    expect(await search([['state', '=', 'sale']], { records, more: true })).toMatchObject({ more: true });
  });

  it('fails for a domain that is none, as the node does', async () => {
    await expect(search('sale')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(search([['state', '=']])).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('stands as it is where it holds no records', async () => {
    for (const output of [null, 'x', { records: 'x' }, { records: [1] }]) expect(await search([], output)).toBe(output);
  });
});

describe('what stands for reading', () => {
  const read = (ids: number[], onMissing = 'fail', output: unknown = { records, missing: [] }) =>
    narrow('odoo.read', output, { ids, onMissing });

  it('is the records that were asked for, in that order', () => {
    expect(read([3, 1])).toEqual({ records: [records[2], records[0]], missing: [] });
  });

  it('names ids that none has, where that is allowed', () => {
    expect(read([2, 9], 'skip')).toEqual({ records: [records[1]], missing: [9] });
  });

  it('stands as it is where records have no id', () => {
    const output = { records: [{ name: 'a' }], missing: [] };
    expect(read([5], 'skip', output)).toBe(output);
  });
});
