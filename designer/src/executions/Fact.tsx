import type { ReactNode } from 'react';
import classes from './ExecutionHeader.module.css';

/** A labelled fact in the header of an execution. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className={classes.fact}>
      <span className={classes.label}>{label}</span>
      <span>{children}</span>
    </span>
  );
}
