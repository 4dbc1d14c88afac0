import type { Environment } from '@crossdock/api-contract';
import type { ReactNode } from 'react';
import classes from './EnvironmentChip.module.css';

/** An environment's name in its colour. The children stand after it, such as a revision. */
export function EnvironmentChip({
  name,
  tone,
  children,
}: {
  name: string;
  tone: Environment['tone'];
  children?: ReactNode;
}) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {name}
      {children && <span className={classes.rest}>{children}</span>}
    </span>
  );
}
