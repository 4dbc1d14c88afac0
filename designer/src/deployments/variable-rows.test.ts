import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedNames, problemsOf, rowsOf, variablesOf } from './variable-rows.ts';

describe('variables as rows', () => {
  test('come back as they were, whatever JSON they hold', () => {
    const variables = fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name === name.trim() && name !== '' && name !== '__proto__'),
      fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(variables, (each) => {
        expect(variablesOf(rowsOf(each))).toEqual(each);
      }),
    );
  });

  test('are held back while a name is missing or used twice, or a value does not fit its type', () => {
    const row = { id: 1, name: 'a', type: 'text' as const, text: '' };
    expect(problemsOf({ ...row, name: ' ' }, [])).toHaveProperty('name');
    expect(problemsOf(row, [row, { ...row, id: 2 }])).toHaveProperty('name');
    for (const name of ['two words', 'erp-url', '2nd'])
      expect([problemsOf({ ...row, name }, []), problemsOf({ ...row, name, savedName: name }, [])]).toEqual([
        { name: expect.stringContaining('$vars.name') },
        {},
      ]);
    expect(problemsOf({ ...row, type: 'number', text: 'x' }, [])).toHaveProperty('value');
    expect(variablesOf([{ ...row, type: 'json', text: '{' }])).toBeUndefined();
  });
});

test('the names that change are those added, removed or given another value', () => {
  expect(changedNames({ a: 1, b: { c: 1 }, d: 1 }, { a: 1, b: { c: 2 }, e: 1 })).toEqual(['b', 'd', 'e']);
});
