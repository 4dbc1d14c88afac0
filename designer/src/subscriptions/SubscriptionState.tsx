import type { Subscription } from '@crossdock/api-contract';
import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import { subscriptionTexts } from '../texts/index.ts';
import classes from './subscriptions.module.css';

const t = subscriptionTexts;

/** Whether a subscription stands, by icon and word; never by colour alone. */
export function SubscriptionState({ state, failing }: Pick<Subscription, 'state' | 'failing'>) {
  if (state === 'stopped')
    return (
      <Tooltip label={t.stopped} multiline maw={320} openDelay={300}>
        <span className={classes.state} data-tone="red">
          <IconAlertTriangle size={14} aria-hidden /> {t.states.stopped}
        </span>
      </Tooltip>
    );
  if (state === 'paused')
    return (
      <span className={classes.state} data-tone="grey">
        <IconPlayerPause size={14} aria-hidden /> {t.states.paused}
      </span>
    );
  return failing > 0 ? (
    <span className={classes.state} data-tone="amber">
      <IconAlertTriangle size={14} aria-hidden /> {t.failing(failing)}
    </span>
  ) : (
    <span className={classes.state} data-tone="green">
      <IconCircleCheck size={14} aria-hidden /> {t.states.active}
    </span>
  );
}
