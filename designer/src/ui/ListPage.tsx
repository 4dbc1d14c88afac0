import type { ReactNode } from 'react';
import classes from './ListPage.module.css';
import { PageBar } from './PageBar.tsx';

/** A page of one list: its filters and its rows, which fill what is left of the window. */
export function ListPage({
  title,
  buttons,
  children,
}: {
  title: string;
  /** The page's own buttons, in the top bar. */
  buttons?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <PageBar title={title} crumbs={[{ label: title }]}>
        {buttons}
      </PageBar>
      <div className={classes.page}>{children}</div>
    </>
  );
}
