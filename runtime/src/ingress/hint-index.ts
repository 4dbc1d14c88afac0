import type { Bus, ScheduleAddress } from '@crossdock/bus';
import { followTriggers } from '../intake/index.ts';
import type { Logger } from '../log.ts';

/** Addresses that other systems call to say that something changed; what they send is not read. */
export interface HintIndex {
  /** Makes the triggers at this address look at once; false where there is none. */
  ring(env: string, path: string): boolean;
}

/** `odoo-changed/<secret>`, of triggers with a secret for hints. */
export function createHintIndex(bus: Bus, log: Logger): HintIndex {
  let byAddress = new Map<string, ScheduleAddress[]>();
  followTriggers({ bus, log }, 'odoo.changed', (triggers) => {
    byAddress = new Map();
    for (const { env, flowId, nodeId, config } of triggers) {
      if (typeof config.hint !== 'string') continue;
      const address = `${env}/odoo-changed/${config.hint}`;
      byAddress.set(address, [...(byAddress.get(address) ?? []), { env, flowId, nodeId }]);
    }
  });
  return {
    ring(env, path) {
      const triggers = byAddress.get(`${env}/${path}`) ?? [];
      for (const trigger of triggers) bus.positions.hint(trigger);
      return triggers.length > 0;
    },
  };
}
