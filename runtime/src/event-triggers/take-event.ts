import type { StoredEvent } from '@crossdock/bus';
import type { EventReceivedConfig } from '@crossdock/connectors/manifests';
import { childExecutionId } from '@crossdock/engine';
import { isFlowError } from '@crossdock/errors';
import { wantsEvent } from '@crossdock/orders';
import { conceal } from '../api/conceal.ts';
import { acceptOrRefuse, type DeployedTrigger, type IntakeContext, inMemory } from '../intake/index.ts';
import type { Logger } from '../log.ts';

export interface EventTriggerContext extends IntakeContext {
  readonly log: Logger;
}

/** Stores an event's execution, the same one whenever it comes again. Rejects when it could not be stored. */
export async function takeEvent(
  context: EventTriggerContext,
  trigger: DeployedTrigger,
  { event, keyHash, idHash, storedAt }: StoredEvent,
): Promise<void> {
  const { env, flowId, nodeId, config } = trigger;
  const payload = { ...conceal(event), recordedtime: storedAt.toISOString() };
  const { types } = config as EventReceivedConfig;
  // What a flow tells of itself must not start it again.
  if (payload.source === `urn:crossdock:${env}:${flowId}`) return;
  if (!wantsEvent(types ? { types } : {}, payload, undefined)) return;
  const count = (outcome: string): void =>
    context.metrics.count('crossdock_events_received_total', { env, flow: flowId, outcome });
  try {
    const { refused, duplicate } = await acceptOrRefuse(context, trigger, {
      ...{ receivedAt: new Date().toISOString(), headers: {}, bytes: Buffer.alloc(0), payload: inMemory(payload) },
      executionId: childExecutionId('event', env, flowId, nodeId, `${keyHash}.${idHash}`),
    });
    count(refused ? 'refused' : duplicate ? 'duplicate' : 'stored');
  } catch (error) {
    // Too much even to be told of: no delivery would change that, and others wait behind it.
    if (!isFlowError(error) || !error.code.startsWith('DATA_')) throw error;
    count('lost');
    context.log.error({ env, flowId, nodeId, event: payload.id, reason: error.message }, 'an event started nothing');
  }
}
