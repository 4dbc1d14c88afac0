import { uiTexts } from '../texts/index.ts';
import classes from './Skeleton.module.css';

const WIDTHS = ['62%', '48%', '71%', '55%', '66%', '43%', '58%', '69%'];

/** Grey rows where a list will stand, so that nothing jumps when it comes. */
export function Skeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={classes.rows} role="status" aria-label={uiTexts.loading} aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        <span key={`row-${String(row)}`} className={classes.row} style={{ width: WIDTHS[row % WIDTHS.length] }} />
      ))}
    </div>
  );
}
