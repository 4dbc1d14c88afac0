import { type DeployedTrigger, followTriggers, triggerName } from '../intake/index.ts';
import { type OpenTrigger, openTrigger } from './open-trigger.ts';
import type { EventTriggerContext } from './take-event.ts';

/** The `event.received` triggers of all deployments. */
export interface EventTriggers {
  /** Takes no more, finishes the event in hand. */
  stop(): Promise<void>;
}

/** Makes events executions, sharing them with every other process that does. */
export function startEventTriggers(context: EventTriggerContext): EventTriggers {
  const open = new Map<string, OpenTrigger>();
  const closing = new Set<Promise<void>>();
  const follower = followTriggers(context, 'event.received', take);
  return {
    async stop() {
      follower.stop();
      for (const one of open.values()) close(one);
      await Promise.all(closing);
    },
  };

  function take(triggers: DeployedTrigger[]): void {
    const wanted = new Map(triggers.map((trigger) => [triggerName(trigger), trigger]));
    for (const [name, trigger] of wanted) {
      const current = open.get(name);
      // Another revision only takes over: it goes on where the last one stopped.
      if (current) current.switchTo(trigger);
      else open.set(name, openTrigger(context, trigger));
    }
    for (const [name, one] of open) {
      if (wanted.has(name)) continue;
      open.delete(name);
      close(one);
    }
  }

  function close(one: OpenTrigger): void {
    const closed = one.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }
}
