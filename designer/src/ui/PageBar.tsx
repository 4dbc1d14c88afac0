import { IconChevronRight } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { createContext, Fragment, type ReactNode, useContext, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { appTexts } from '../texts/index.ts';
import classes from './PageBar.module.css';

export interface Crumb {
  label: ReactNode;
  /** Where it leads; the last crumb is the page itself and leads nowhere. */
  link?: LinkProps;
}

/** The two places of the top bar that pages fill; the frame provides them. */
export const PageSlots = createContext<{ trail: HTMLElement | null; actions: HTMLElement | null }>({
  trail: null,
  actions: null,
});

/**
 * Says in the top bar where the person is, and puts the page's own buttons (the children) there.
 * `title` is the browser tab's.
 */
export function PageBar({
  title,
  crumbs,
  children,
}: {
  title: string;
  crumbs: readonly Crumb[];
  children?: ReactNode;
}) {
  const { trail, actions } = useContext(PageSlots);
  useEffect(() => {
    document.title = `${title} · ${appTexts.product}`;
  }, [title]);
  return (
    <>
      {trail && createPortal(<Trail crumbs={crumbs} />, trail)}
      {actions && children && createPortal(children, actions)}
    </>
  );
}

function Trail({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <>
      {crumbs.map((crumb, at) => (
        <Fragment key={depthKey(at)}>
          {at > 0 && <IconChevronRight size={14} className={classes.separator} aria-hidden />}
          {crumb.link ? (
            <Link {...crumb.link} className={classes.link}>
              {crumb.label}
            </Link>
          ) : at === crumbs.length - 1 ? (
            <h1 className={classes.here}>{crumb.label}</h1>
          ) : (
            <span className={classes.link}>{crumb.label}</span>
          )}
        </Fragment>
      ))}
    </>
  );
}

const depthKey = (depth: number) => `depth-${depth}`;
