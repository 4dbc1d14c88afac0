import { describe, expect, it, test } from 'vitest';
import { domainParts } from './domain.ts';
import { domainMatches } from './domain-match.ts';

const record = {
  id: 7,
  name: 'S00007',
  client_order_ref: 'PO-77',
  state: 'sale',
  partner_id: 3,
  tag_ids: [1, 2],
  note: null,
  amount_total: 71.5,
  active: true,
  date_order: '2026-11-23T09:00:00Z',
  city: 'Köln',
};

const told = (domain: unknown[], one: Record<string, unknown> = record) => domainMatches(domainParts(domain), one);

describe('a condition', () => {
  test.each<[unknown[], boolean | undefined]>([
    [['state', '=', 'sale'], true],
    [['state', '!=', 'sale'], false],
    [['state', 'in', ['draft', 'sale']], true],
    [['state', 'not in', ['draft']], true],
    [['id', '=', 8], false],
    [['tag_ids', 'in', [2, 9]], true],
    [['tag_ids', '=', 9], false],
    [['note', '=', false], true],
    [['note', '!=', 'x'], true],
    [['partner_id', '!=', false], true],
    [['active', '=', true], true],
    [['amount_total', '>', 71], true],
    [['amount_total', '<=', 71], false],
    [['note', '>', 5], false],
    [['date_order', '>=', '2026-11-23 09:00:00'], true],
    [['date_order', '=', '2026-11-23T10:00:00+01:00'], true],
    [['date_order', '<', '2026-11-23 08:59:59'], false],
    [['name', 'like', '007'], true],
    [['name', 'like', 's00'], false],
    [['name', 'ilike', 's00'], true],
    [['name', '=like', 'S%7'], true],
    [['name', '=like', 'S_7'], false],
    [['name', 'not ilike', 'x'], true],
    [['note', 'like', 'x'], false],
    [['note', '=?', false], true],
    [['state', '=?', 'draft'], false],
  ])('that its fields tell: %j is %s', (condition, holds) => {
    expect(told([condition])).toBe(holds);
  });

  test.each<[string, unknown[]]>([
    ['of a field that was not read', ['warehouse_id', '=', 1]],
    ['of another model', ['partner_id.ref', '=', 'C-1']],
    ['by the name of what a field names', ['partner_id', '=', 'Acme']],
    ['that Odoo alone knows', ['partner_id', 'child_of', 1]],
    ['between texts that are sorted by the database', ['name', '>', 'A']],
    ['between a day and a time of day', ['date_order', '<=', '2026-11-23']],
    ['that may hold without accents', ['city', 'ilike', 'koln']],
  ])('%s is not told', (_what, condition) => {
    expect(told([condition])).toBeUndefined();
    expect(told(['!', condition])).toBeUndefined();
  });
});

describe('a domain', () => {
  const [yes, no, unknown] = [
    ['id', '=', 7],
    ['id', '=', 8],
    ['x', '=', 1],
  ];

  test.each<[unknown[], boolean | undefined]>([
    [[], true],
    [[yes, yes], true],
    [[yes, no], false],
    [['|', yes, no], true],
    [['|', no, no], false],
    [['!', no, yes], true],
    [['|', '&', yes, no, '!', no], true],
    [['&', yes, '|', no, no], false],
    [[unknown, yes], undefined],
    [[unknown, no], false],
    [['|', unknown, yes], true],
    [['|', unknown, no], undefined],
    [['&', yes], undefined],
  ])('joins its conditions: %j is %s', (domain, holds) => {
    expect(told(domain)).toBe(holds);
  });
});

it('takes no time to speak of for a pattern of many wildcards', () => {
  const startedAt = performance.now();
  expect(told([['name', '=like', `${'%a'.repeat(200)}b`]], { name: 'a'.repeat(5000) })).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
