import type { ApiOptions } from '../api.ts';
import type { Original } from './original.ts';
import { prepareReplay, type WantedReplay } from './prepare-replay.ts';

/**
 * Starts an execution that replays one, and marks its dead letter so that nobody does the same again by mistake. Throws as
 * `prepareReplay` does, and `SYSTEM_BUS_…` when the bus does not take the trigger. Gives the new execution's id.
 */
export async function replayExecution(
  options: ApiOptions,
  original: Original,
  { by, ...wanted }: WantedReplay & { by: string },
): Promise<string> {
  const { db, bus, log, metrics } = options;
  const trigger = await prepareReplay(options, original, wanted);
  const { executionId } = await bus.triggers.accept(trigger);
  const { env, flowId, revision, receivedAt } = trigger;
  const about = { env, flowId, revision, executionId, replayOf: original.executionId };
  log.info({ by, ...about, from: wanted.from, effects: wanted.effects }, 'an execution is replayed');
  metrics?.count('crossdock_triggers_accepted_total', { env, flow: flowId, duplicate: 'false' });
  // The projector does the same when it comes to the trigger, in case this is not reached.
  await db.kysely
    .updateTable('dead_letters')
    .set({ replayed_by: executionId, replayed_at: new Date(receivedAt) })
    .where('execution_id', '=', original.executionId)
    .execute()
    .catch((error) => log.warn({ err: error, executionId }, 'a dead letter is not marked as replayed yet'));
  return executionId;
}
