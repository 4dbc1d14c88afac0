import { setTimeout as sleep } from 'node:timers/promises';
import type { InboundMessage } from '@crossdock/bus';
import { childExecutionId } from '@crossdock/engine';
import { isFlowError, reasonOf } from '@crossdock/errors';
import {
  acceptOrRefuse,
  type DeployedTrigger,
  type IntakeContext,
  messagePayload,
  SUBJECT_HEADER,
  storedHeaders,
  type UnreadArrival,
} from '../intake/index.ts';
import type { Logger } from '../log.ts';

export interface InboundContext extends IntakeContext {
  readonly log: Logger;
}

/** A message that no stream keeps is tried for so long while the bus does not take its trigger. */
const LONGEST_TRY_MS = 30_000;
const FIRST_WAIT_MS = 250;

/**
 * Stores a message's execution and tells who asked its id. Rejects when a stream keeps the message (`isKept`) and its execution could not
 * be stored, so that it comes again.
 */
export async function takeMessage(
  context: InboundContext,
  trigger: DeployedTrigger,
  message: InboundMessage,
  { isKept, signal }: { isKept: boolean; signal: AbortSignal },
): Promise<void> {
  const { env, flowId, nodeId } = trigger;
  const count = (outcome: string): void =>
    context.metrics.count('crossdock_inbound_messages_total', { env, flow: flowId, outcome });
  const arrival = arrivalOf(trigger, message);
  const giveUpAt = isKept ? 0 : Date.now() + LONGEST_TRY_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
    try {
      const { executionId, duplicate, refused } = await acceptOrRefuse(context, trigger, arrival);
      count(refused ? 'refused' : duplicate ? 'duplicate' : 'stored');
      const error = refused && { code: refused.code, message: refused.message };
      message.respond(JSON.stringify({ executionId, ...(error ? { error } : {}) }));
      return;
    } catch (error) {
      // Too much even to be told of: no delivery would change that.
      const isHopeless = isFlowError(error) && error.code.startsWith('DATA_');
      if (isKept && !isHopeless) {
        count('returned');
        throw error;
      }
      if (isHopeless || signal.aborted || Date.now() + waitMs > giveUpAt) {
        count('lost');
        context.log.error(
          { env, flowId, nodeId, subject: message.subject, id: message.id, reason: reasonOf(error) },
          'a message was lost',
        );
        return;
      }
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

function arrivalOf({ env, flowId, nodeId }: DeployedTrigger, message: InboundMessage): UnreadArrival {
  const { subject, id, data } = message;
  const headers = storedHeaders(message.headers, { [SUBJECT_HEADER]: subject });
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return {
    receivedAt: new Date().toISOString(),
    headers,
    bytes,
    payload: messagePayload(bytes, headers['content-type']),
    ...(id === undefined ? {} : { executionId: childExecutionId('nats', env, flowId, nodeId, id) }),
  };
}
