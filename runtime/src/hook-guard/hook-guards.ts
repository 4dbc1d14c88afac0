import { type DeployedTrigger, triggerName } from '../intake/index.ts';
import { type HookGuard, type HookGuardContext, hookGuard } from './hook-guard.ts';

/** The guards of all hooks. */
export interface HookGuards {
  /**
   * The guards of these triggers, in their order; others are forgotten. One whose trigger did not change stays with what it has counted:
   * a deployment elsewhere gives nobody a new burst.
   */
  renew(triggers: readonly DeployedTrigger[]): (HookGuard | undefined)[];
}

export function createHookGuards(context: HookGuardContext): HookGuards {
  let known = new Map<string, HookGuard | undefined>();
  return {
    renew(triggers) {
      const next = new Map<string, HookGuard | undefined>();
      const guards = triggers.map((trigger) => {
        const name = JSON.stringify([triggerName(trigger), trigger.connection, trigger.config]);
        const guard = known.has(name) ? known.get(name) : hookGuard(context, trigger);
        next.set(name, guard);
        return guard;
      });
      known = next;
      return guards;
    },
  };
}
