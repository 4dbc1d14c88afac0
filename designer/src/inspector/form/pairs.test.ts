import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movePair, namesTwice, type Pair, pairsText, parsePairs, toPairs, toRecord } from './pairs.ts';

const record = (pairs: readonly Pair[] | string) => (typeof pairs === 'string' ? pairs : toRecord(pairs));

test('reads headers, tables, queries and JSON', () => {
  expect(record(parsePairs('Accept: text/plain\n\nX-Url: http://a:1/b=c'))).toEqual({
    Accept: 'text/plain',
    'X-Url': 'http://a:1/b=c',
  });
  expect(record(parsePairs('sku\tA 1\r\nqty\t2'))).toEqual({ sku: 'A 1', qty: '2' });
  expect(record(parsePairs('?q=a%20b&page=2'))).toEqual({ q: 'a b', page: '2' });
  expect(record(parsePairs('{"a": "x", "b": 2}'))).toEqual({ a: 'x', b: '2' });
  expect(record(parsePairs('auth: = $vars.token'))).toEqual({ auth: '= $vars.token' });
});

test('says which line is no pair', () => {
  expect(parsePairs('a: 1\nnonsense')).toContain('Line 2');
  expect(parsePairs('{"a": ')).toMatch(/JSON/);
});

test('what is written as text is read back as it was', () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,8}$/);
  const value = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/);
  fc.assert(
    fc.property(fc.dictionary(name, value), (given) => {
      fc.pre(Object.keys(given).length > 0);
      expect(record(parsePairs(pairsText(toPairs(given))))).toEqual({ ...given });
    }),
  );
});

test('moving a row changes its place alone, and nothing at the ends', () => {
  const pairs = toPairs({ a: '1', b: '2', c: '3' });
  expect(Object.keys(toRecord(movePair(pairs, 2, -1)))).toEqual(['a', 'c', 'b']);
  expect(movePair(pairs, 0, -1)).toBe(pairs);
  expect(movePair(pairs, 2, 1)).toBe(pairs);
});

test('names that are there twice are named; headers without regard to capitals', () => {
  const pairs = [...toPairs({ Accept: 'a', b: '1' }), { key: 7, name: 'accept', value: 'c' }];
  expect(namesTwice(pairs, true)).toEqual(['Accept']);
  expect(namesTwice(pairs, false)).toEqual([]);
});
