import { expect, test } from 'vitest';
import { changedSearch, withoutWords } from './words.ts';

test('words never come into an address, whatever else changes', () => {
  const typed = changedSearch<{ q?: string; flow?: string }>({}, { q: 'ada@lovelace.org' });
  expect(typed.search({ flow: 'orders' })).toEqual({ flow: 'orders' });
  expect(typed.state).toEqual({ words: { q: 'ada@lovelace.org' } });
  const narrowed = changedSearch<{ q?: string; flow?: string }>(typed.state.words, { flow: undefined });
  expect(narrowed.search({ flow: 'orders' })).toEqual({});
  expect(narrowed.state).toEqual(typed.state);
  expect(changedSearch({ q: 'ada', key: 'a:1' }, { q: undefined }).state).toEqual({ words: { key: 'a:1' } });
});

test('an address that has words is left for the same without them', () => {
  expect(withoutWords({ q: '#1001', flow: 'orders' })).toEqual({
    search: { flow: 'orders' },
    state: { words: { q: '#1001' } },
    replace: true,
  });
  expect(withoutWords({ flow: 'orders' })).toBeUndefined();
});
