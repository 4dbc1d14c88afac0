import type { OpenIssue, OrderStep } from '@crossdock/api-contract';
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import { orderTexts } from '../texts/index.ts';
import classes from '../ui/StatusBadge.module.css';
import { STEP_LOOK } from './step-look.ts';

/** How far an order is, as icon, word and colour. `plain` leaves the tinted ground away, for rows of a table. */
export function StepBadge({ step, plain = false }: { step: OrderStep; plain?: boolean }) {
  const { tone, Icon } = STEP_LOOK[step];
  return (
    <span className={classes.badge} data-tone={tone} data-plain={plain || undefined}>
      <Icon size={14} stroke={2} aria-hidden />
      {orderTexts.steps[step]}
    </span>
  );
}

/** Lies over the step while a hold or an exception is open. */
export function PendingBadge({ plain = false }: { plain?: boolean }) {
  return (
    <span className={classes.badge} data-tone="red" data-plain={plain || undefined}>
      <IconAlertTriangle size={14} stroke={2} aria-hidden />
      {orderTexts.exceptionPending}
    </span>
  );
}

/** What is wrong with an order, by how bad it is. */
export function Severity({ issue: { kind, title, severity } }: { issue: OpenIssue }) {
  const Icon = kind === 'hold' ? IconHandStop : IconAlertTriangle;
  return (
    <span className={classes.badge} data-tone={severity === 'warning' || kind === 'hold' ? 'amber' : 'red'} data-plain>
      <Icon size={14} stroke={2} aria-hidden />
      {title}
    </span>
  );
}
