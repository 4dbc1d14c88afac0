import { uiTexts } from '../texts/index.ts';
import classes from './StatusBadge.module.css';
import { type AnyStatus, STATUS_LOOK } from './status.ts';

/** A status as icon, word and colour. `plain` leaves the tinted ground away, for rows of a table. */
export function StatusBadge({ status, plain = false }: { status: AnyStatus; plain?: boolean }) {
  const { tone, Icon } = STATUS_LOOK[status];
  return (
    <span className={classes.badge} data-tone={tone} data-plain={plain || undefined} data-status={status}>
      <Icon size={14} stroke={2} aria-hidden className={status === 'running' ? classes.turning : undefined} />
      {uiTexts.status[status]}
    </span>
  );
}
