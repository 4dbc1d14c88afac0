import type { IconActivity } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './State.module.css';

/** Stands where a list or pane has nothing: says why, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  detail,
  action,
}: {
  icon: typeof IconActivity;
  title: string;
  detail?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <Icon size={24} stroke={1.4} aria-hidden />
      </span>
      <h2 className={classes.title}>{title}</h2>
      {detail && <p className={classes.detail}>{detail}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
