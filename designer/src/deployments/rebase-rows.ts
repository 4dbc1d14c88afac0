import { rowsOf, type VariableRow, valueIn } from './variable-rows.ts';

/** Rows that were being edited, on what somebody else saved meanwhile. */
export interface Rebased {
  readonly rows: VariableRow[];
  /** Names that are changed here and were saved otherwise meanwhile, in order. Saving would overwrite them. */
  readonly clashes: string[];
}

/** An id that no row has. */
export const freeId = (rows: readonly VariableRow[]): number => Math.max(-1, ...rows.map(({ id }) => id)) + 1;

/**
 * Brings rows that were edited from `before` onto `after`: what was left alone here becomes what is saved now, what was changed here stays as it is.
 * A variable that was removed here and changed there comes back, as a clash.
 */
export function rebaseRows(
  rows: readonly VariableRow[],
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Rebased {
  const saved = new Map(rowsOf(after).map((row) => [row.name, row]));
  const clashes = new Set<string>();
  const claimed = new Set<string>();
  const kept = rows.flatMap((row): VariableRow[] => {
    const name = row.savedName ?? row.name.trim();
    const now = saved.get(name);
    claimed.add(name);
    const { savedName: _, ...unsaved } = row;
    if (isLeftAlone(row, before)) return now ? [{ ...now, id: row.id }] : [];
    if (now === undefined) {
      if (row.savedName !== undefined) clashes.add(name);
      return [unsaved];
    }
    const isMoved = row.savedName === undefined || !isSame(before[name], after[name]);
    if (isMoved && !(row.name.trim() === name && isSame(valueIn(row), after[name]))) clashes.add(name);
    return [{ ...row, savedName: name }];
  });
  for (const row of saved.values()) {
    if (claimed.has(row.name)) continue;
    const isRemovedHere = Object.hasOwn(before, row.name);
    if (isRemovedHere && isSame(before[row.name], after[row.name])) continue;
    if (isRemovedHere) clashes.add(row.name);
    kept.push({ ...row, id: freeId([...rows, ...kept]) });
  }
  return { rows: kept, clashes: [...clashes].sort() };
}

/** The rows with what is saved in place of the named ones. */
export function takeSaved(
  rows: readonly VariableRow[],
  variables: Record<string, unknown>,
  names: readonly string[],
): VariableRow[] {
  const theirs = new Map(rowsOf(variables).map((row) => [row.name, row]));
  return rows.flatMap((row) => {
    const name = row.savedName ?? row.name.trim();
    if (!names.includes(name)) return [row];
    const saved = theirs.get(name);
    return saved ? [{ ...saved, id: row.id }] : [];
  });
}

function isLeftAlone(row: VariableRow, before: Record<string, unknown>): boolean {
  const { savedName } = row;
  return savedName !== undefined && row.name.trim() === savedName && isSame(valueIn(row), before[savedName]);
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
