import type { ReactNode } from 'react';
import classes from './PlainTable.module.css';

/** A short table: all rows at once, nothing to open. Long ones, and those whose rows open, are a `DataTable`. */
export function PlainTable({
  label,
  heads,
  ofFields = false,
  children,
}: {
  label?: string;
  /** Of the columns; none for that of the buttons. `isNumber` for those whose cells carry `data-number`. */
  heads: readonly ({ text: string; isNumber?: boolean } | undefined)[];
  /** Its cells are fields of a form. */
  ofFields?: boolean;
  /** The rows. */
  children: ReactNode;
}) {
  return (
    <table className={classes.table} aria-label={label} data-fields={ofFields || undefined}>
      <thead>
        <tr>
          {heads.map((head) =>
            head ? (
              <th key={head.text} scope="col" data-number={head.isNumber || undefined}>
                {head.text}
              </th>
            ) : (
              <th key="" />
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
