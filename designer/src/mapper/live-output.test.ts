import { expect, test } from 'vitest';
import { queryClient } from '../api/query-client.ts';
import { evaluateMapping } from './live-output.ts';

test('gives the value that the runtime would give', async () => {
  expect(await evaluateMapping('{ "no": name, "env": $vars.env }', { name: '#1' }, { vars: { env: 'dev' } })).toEqual({
    ok: true,
    value: { no: '#1', env: 'dev' },
  });
});

test('a result of nothing is null', async () => {
  expect(await evaluateMapping('missing', {}, {})).toEqual({ ok: true, value: null });
});

test('a mapping that does not parse says where', async () => {
  expect(await evaluateMapping('{ "a": }', {}, {})).toMatchObject({ ok: false, syntax: true, position: 7 });
});

test('a mapping that fails on this sample says why', async () => {
  expect(await evaluateMapping('$number("x")', {}, {})).toMatchObject({ ok: false, syntax: false });
});

test('a cross-reference comes from what dev has', async () => {
  queryClient.setQueryData(['cross-references', 'dev', 'look-up', 'customer', 'shop', '12', 'odoo'], ['7']);
  const output = await evaluateMapping('$xref("customer", "shop", id, "odoo")', { id: 12 }, {});
  expect(output).toEqual({ ok: true, value: '7' });
});
