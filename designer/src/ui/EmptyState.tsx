import type { IconActivity } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './State.module.css';

/** Stands where a list or pane has nothing: says why, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  detail,
  action,
  heading: Heading = 'h2',
}: {
  icon: typeof IconActivity;
  title: string;
  detail?: ReactNode;
  action?: ReactNode;
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2';
}) {
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <Icon size={24} stroke={1.4} aria-hidden />
      </span>
      <Heading className={classes.title}>{title}</Heading>
      {detail && <p className={classes.detail}>{detail}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
