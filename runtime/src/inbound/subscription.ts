import { setTimeout as sleep } from 'node:timers/promises';
import { type NatsSubscribeConfig, subjectIn } from '@crossdock/connectors/manifests';
import { isFlowError, reasonOf } from '@crossdock/errors';
import type { DeployedTrigger } from '../intake/index.ts';
import { type InboundContext, takeMessage } from './take-message.ts';

/** What one trigger hears. */
export interface Subscription {
  readonly key: string;
  /** Another revision that hears the same. */
  switchTo(trigger: DeployedTrigger): void;
  /** Takes no more and finishes what is in hand. Never rejects. */
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** Tells subscriptions apart that hear something else. */
export function subscriptionKey(trigger: DeployedTrigger): string {
  return JSON.stringify(sourceOf(trigger));
}

/** Opens what a trigger hears, again and again until it can: the stream that it names may be made later. */
export function openSubscription(context: InboundContext, first: DeployedTrigger): Subscription {
  const { bus, log, metrics } = context;
  const { env, flowId, nodeId } = first;
  const source = sourceOf(first);
  const closing = new AbortController();
  let trigger = first;
  const opening = open();
  return {
    key: subscriptionKey(first),
    switchTo(next) {
      trigger = next;
    },
    async close() {
      closing.abort();
      const opened = await opening;
      showTrouble(false);
      await opened
        ?.stop()
        .catch((error: unknown) => log.warn({ env, flowId, nodeId, reason: reasonOf(error) }, 'a subscription stays'));
    },
  };

  async function open() {
    for (let waitMs = FIRST_WAIT_MS; !closing.signal.aborted; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        const opened = await bus.inbound.subscribe({ env, flowId, nodeId, ...source }, (message) =>
          takeMessage(context, trigger, message, { isKept: source.stream !== undefined, signal: closing.signal }),
        );
        showTrouble(false);
        return opened;
      } catch (error) {
        // The bus away is not this trigger's trouble, and is said elsewhere.
        if (isFlowError(error, 'CONFIG_INVALID')) showTrouble(true);
        log.warn({ env, flowId, nodeId, ...source, reason: reasonOf(error), waitMs }, 'a subject cannot be heard yet');
      }
      await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
    return undefined;
  }

  function showTrouble(isTroubled: boolean): void {
    metrics.set('crossdock_inbound_unheard', isTroubled ? 1 : 0, { env, flow: flowId, node: nodeId });
  }
}

function sourceOf({ env, config }: DeployedTrigger): { subject: string; stream?: string } {
  const { subject, stream } = config as NatsSubscribeConfig;
  return { subject: subjectIn(env, subject), ...(stream === undefined ? {} : { stream }) };
}
