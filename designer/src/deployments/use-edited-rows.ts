import { useState } from 'react';
import { useReadVariables } from '../api/index.ts';
import { rebaseRows, takeSaved } from './rebase-rows.ts';
import { rowsOf, type VariableRow, variablesOf } from './variable-rows.ts';

type Variables = Record<string, unknown>;

/** Rows of variables while they are edited, kept upright while others save the same ones. */
export function useEditedRows(env: string, saved: Variables) {
  const [rows, setRows] = useState(() => rowsOf(saved));
  const [base, setBase] = useState(saved);
  const [clashes, setClashes] = useState<readonly string[]>([]);
  const read = useReadVariables(env);
  // Somebody saved meanwhile, or this page did: what is entered here stays.
  if (base !== saved) {
    const rebased = rebaseRows(rows, base, saved);
    setBase(saved);
    setRows(rebased.rows);
    if (rebased.clashes.length > 0) setClashes([...new Set([...clashes, ...rebased.clashes])].sort());
  }
  const begin = (next: VariableRow[]) => {
    setRows(next);
    setClashes([]);
  };
  return {
    rows,
    setRows,
    /** Names that somebody else saved otherwise than they stand here. */
    clashes,
    discard: () => begin(rowsOf(saved)),
    takeTheirs: () => begin(takeSaved(rows, saved, clashes)),
    /** Those clashes are settled by what was saved. */
    settle: () => setClashes([]),
    /** What to save, on what is saved by now; undefined where that clashes with what stands here, which shows then. */
    toSave: async (): Promise<Variables | undefined> => {
      const now = rebaseRows(rows, saved, await read());
      return now.clashes.length > 0 ? undefined : variablesOf(now.rows);
    },
  };
}
