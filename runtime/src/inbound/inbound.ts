import { type DeployedTrigger, followTriggers, triggerName } from '../intake/index.ts';
import { openSubscription, type Subscription, subscriptionKey } from './subscription.ts';
import type { InboundContext } from './take-message.ts';

/** The `nats.subscribe` triggers of all deployments. */
export interface Inbound {
  /** Takes no more, finishes the messages in hand. */
  stop(): Promise<void>;
}

/** Makes messages of other systems executions, sharing them with every other process that does. */
export function startInbound(context: InboundContext): Inbound {
  const open = new Map<string, Subscription>();
  const closing = new Set<Promise<void>>();
  const follower = followTriggers(context, 'nats.subscribe', take);

  return {
    async stop() {
      follower.stop();
      for (const subscription of open.values()) close(subscription);
      await Promise.all(closing);
    },
  };

  function take(triggers: DeployedTrigger[]): void {
    const wanted = new Map(triggers.map((trigger) => [triggerName(trigger), trigger]));
    for (const [name, trigger] of wanted) {
      const current = open.get(name);
      // A revision that hears the same only takes over: no message falls in between.
      if (current?.key === subscriptionKey(trigger)) current.switchTo(trigger);
      else {
        open.set(name, openSubscription(context, trigger));
        if (current) close(current);
      }
    }
    for (const [name, subscription] of open) {
      if (wanted.has(name)) continue;
      open.delete(name);
      close(subscription);
    }
  }

  function close(subscription: Subscription): void {
    const closed = subscription.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }
}
