import type { ReactNode } from 'react';
import classes from './TabPage.module.css';

/** What stands on a tab that is read from top to bottom: a head with what it is about and what can be done, and the rest below it. */
export function TabPage({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <div className={classes.head}>{head}</div>
      {children}
    </div>
  );
}
