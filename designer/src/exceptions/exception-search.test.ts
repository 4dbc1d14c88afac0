import { expect, test } from 'vitest';
import { deadLetterFilter, inDoubtFilter, isNarrowed, validateDeadLetterSearch } from './exception-search.ts';

const now = Date.parse('2026-11-23T12:00:42.123Z');

test('an address restores the filter it was made of', () => {
  const search = { q: '#1001', code: 'REMOTE_REJECTED', state: 'all', flow: 'orders', node: 'erp', range: '1h' };
  const read = validateDeadLetterSearch(search);
  expect(read).toEqual(search);
  expect(deadLetterFilter(read, 'prod', now)).toEqual({
    env: 'prod',
    flowId: 'orders',
    nodeId: 'erp',
    code: 'REMOTE_REJECTED',
    q: '#1001',
    state: 'all',
    from: '2026-11-23T11:00:00.000Z',
  });
});

test('what an address cannot mean is left out', () => {
  expect(validateDeadLetterSearch({ state: 'open', node: 'erp', scope: 'some', q: '' })).toEqual({});
});

test('without filters it is what is open in the environment', () => {
  expect(deadLetterFilter({}, 'dev', now)).toEqual({ env: 'dev' });
  expect(inDoubtFilter({ scope: 'all' }, 'dev', now)).toEqual({});
});

test('a text of blanks narrows nothing', () => {
  expect(deadLetterFilter({ q: '  ' }, 'dev', now)).toEqual({ env: 'dev' });
});

test('the environment alone does not narrow a list', () => {
  expect(isNarrowed({ scope: 'all' })).toBe(false);
  expect(isNarrowed({ code: 'RUN_STOPPED' })).toBe(true);
});
