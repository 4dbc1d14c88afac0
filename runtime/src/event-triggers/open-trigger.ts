import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '@crossdock/errors';
import type { DeployedTrigger } from '../intake/index.ts';
import { type EventTriggerContext, takeEvent } from './take-event.ts';

/** A trigger that hears events. */
export interface OpenTrigger {
  /** Another revision. */
  switchTo(trigger: DeployedTrigger): void;
  /** Never rejects. */
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** A trigger that nobody has listened for so long begins anew. */
const IDLE_MS = 30 * 86_400_000;

/** Opens a trigger, again and again until the bus is there. */
export function openTrigger(context: EventTriggerContext, first: DeployedTrigger): OpenTrigger {
  const { bus, log } = context;
  const { env, flowId, nodeId, deployedAt } = first;
  const closing = new AbortController();
  let trigger = first;
  const opening = open();
  return {
    switchTo(next) {
      trigger = next;
    },
    async close() {
      closing.abort();
      await (await opening)
        ?.stop()
        .catch((error: unknown) => log.warn({ env, flowId, nodeId, reason: reasonOf(error) }, 'a reader stays'));
    },
  };

  async function open() {
    // One event at a time, as processes share: so those of one order are stored one after the other.
    const reader = {
      name: `t_${env}_${flowId}_${nodeId}`,
      env,
      atOnce: 1,
      since: new Date(deployedAt),
      idleMs: IDLE_MS,
    };
    for (let waitMs = FIRST_WAIT_MS; !closing.signal.aborted; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        return await bus.eventReaders.read(reader, (event) => takeEvent(context, trigger, event));
      } catch (error) {
        log.warn({ env, flowId, nodeId, reason: reasonOf(error), waitMs }, 'events cannot be heard yet');
      }
      await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
    return undefined;
  }
}
