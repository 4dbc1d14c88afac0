import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rebaseRows, takeSaved } from './rebase-rows.ts';
import { rowsOf, type VariableRow, variablesOf } from './variable-rows.ts';

const BEFORE = { bin: 'A1', limit: 3, old: 'x' };
const edited = (changes: Record<string, Partial<VariableRow>>): VariableRow[] =>
  rowsOf(BEFORE).map((row) => ({ ...row, ...changes[row.name] }));
const someVariables = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'), {
  noNullPrototype: true,
});

describe('variables that are edited while somebody else saves', () => {
  test('keep what is entered, and take over what was left alone', () => {
    const { rows, clashes } = rebaseRows(edited({ bin: { text: 'B2' } }), BEFORE, { bin: 'A1', limit: 5, added: true });
    expect(variablesOf(rows)).toEqual({ bin: 'B2', limit: 5, added: true });
    expect(clashes).toEqual([]);
  });

  test('tell what both changed, and give way when theirs is taken', () => {
    const after = { bin: 'C3', limit: 3 };
    const { rows, clashes } = rebaseRows(edited({ bin: { text: 'B2' }, old: { text: 'y' } }), BEFORE, after);
    expect(variablesOf(rows)).toEqual({ bin: 'B2', limit: 3, old: 'y' });
    expect(clashes).toEqual(['bin', 'old']);
    expect(variablesOf(takeSaved(rows, after, clashes))).toEqual(after);
  });

  test('that both removed, renamed, or added under one name are told apart', () => {
    const gone = rowsOf(BEFORE).filter(({ name }) => name !== 'old');
    expect(rebaseRows(gone, BEFORE, { bin: 'A1', limit: 3 }).clashes).toEqual([]);
    expect(rebaseRows(gone, BEFORE, { ...BEFORE, old: 'z' })).toMatchObject({ clashes: ['old'] });
    expect(variablesOf(rebaseRows(gone, BEFORE, { ...BEFORE, limit: 4 }).rows)).toEqual({ bin: 'A1', limit: 4 });
    const added = [...rowsOf(BEFORE), { id: 9, name: 'hub', type: 'text' as const, text: 'mine' }];
    expect(rebaseRows(added, BEFORE, { ...BEFORE, hub: 'theirs' }).clashes).toEqual(['hub']);
    expect(rebaseRows(added, BEFORE, { ...BEFORE, hub: 'mine' }).clashes).toEqual([]);
    const renamed = edited({ old: { name: 'new' } });
    expect(rebaseRows(renamed, BEFORE, { ...BEFORE, old: 'z' }).clashes).toEqual(['old']);
  });

  test('become what is saved where nothing is entered, and stay as they are where nothing was saved', () => {
    fc.assert(
      fc.property(someVariables, someVariables, (before, after) => {
        const untouched = rebaseRows(rowsOf(before), before, after);
        expect([variablesOf(untouched.rows), untouched.clashes]).toEqual([after, []]);
        const mine = rowsOf(after).map(({ savedName: _, ...row }) =>
          Object.hasOwn(before, row.name) ? { ...row, savedName: row.name } : row,
        );
        const alone = rebaseRows(mine, before, before);
        expect([variablesOf(alone.rows), alone.clashes]).toEqual([after, []]);
        // What this page saved itself comes back without a clash.
        const own = rebaseRows(mine, before, after);
        expect([variablesOf(own.rows), own.clashes]).toEqual([after, []]);
        expect(new Set(own.rows.map(({ id }) => id)).size).toBe(own.rows.length);
      }),
    );
  });
});
