import type { DoubtOutcome, JournalSnapshot } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { doubtsOf, type OpenDoubt } from '../projector/execution-rows.ts';
import type { ApiOptions } from './api.ts';
import { payloadOfTrigger, readResting } from './stored-payloads.ts';

export const NO_DOUBT = 'no call is in doubt';

export interface Resolution {
  outcome: DoubtOutcome;
  /** Which call, where several are in doubt. */
  nodeId?: string | undefined;
  iteration?: number | undefined;
  /** What the call gave, in clear. */
  output?: unknown;
  by: string;
}

/**
 * Tells an execution how its call in doubt ended. Throws `API_WRONG_STATE` when none (or not this one) is in doubt, `API_BAD_REQUEST` when
 * several are and none is named.
 */
export async function resolveDoubt(
  options: ApiOptions,
  snapshot: JournalSnapshot,
  { outcome, output, by, ...place }: Resolution,
): Promise<void> {
  const { bus, log } = options;
  const { executionId, flowId, env } = snapshot;
  const { nodeId, iteration } = chosenDoubt(snapshot, place);
  const resting = output === undefined ? {} : { output: await sealedOutput(options, snapshot, output) };
  await bus.commands.send(
    { env, flowId, executionId },
    { type: 'resolve', by, nodeId, iteration, doubtId: doubtIdOf(snapshot, nodeId, iteration), outcome, ...resting },
  );
  log.info({ by, env, flowId, executionId, nodeId, iteration, outcome }, 'a call in doubt was decided');
}

/** As it may rest. What a person says of a call may quote what the execution holds, so its masked values are brought to mind first. */
async function sealedOutput({ bus, vault }: ApiOptions, snapshot: JournalSnapshot, output: unknown): Promise<unknown> {
  const { executionId, flowId, env, revision, outputs, trigger } = snapshot;
  const flow = await bus.registry.getRevision(flowId, revision);
  const record = await bus.executions.trigger(trigger.seq);
  const came = record?.executionId === executionId ? payloadOfTrigger(record, 'trigger') : undefined;
  for (const resting of [
    ...(trigger.masked ? [trigger.masked] : []),
    ...Object.values(outputs),
    ...(came ? [came] : []),
  ])
    vault.open((await readResting(bus.blobs, resting))?.value, { env, executionId });
  return vault.seal(output, { env, executionId, mask: flow?.settings?.mask ?? [] });
}

/** A decision is for this doubt alone, not for one that the same call may come to later. */
function doubtIdOf({ frontier }: JournalSnapshot, nodeId: string, iteration: number): string {
  const entry = frontier.find((one) => one.nodeId === nodeId && one.iteration === iteration);
  return entry?.wait?.kind === 'doubt' ? entry.wait.id : '';
}

function chosenDoubt(snapshot: JournalSnapshot, place: Pick<Resolution, 'nodeId' | 'iteration'>): OpenDoubt {
  const { executionId: id, status } = snapshot;
  const doubts = doubtsOf(snapshot);
  const chosen = doubts.filter(
    ({ nodeId, iteration }) =>
      (place.nodeId === undefined || nodeId === place.nodeId) &&
      (place.iteration === undefined || iteration === place.iteration),
  );
  const [doubt] = chosen;
  if (!doubt) {
    const where = place.nodeId !== undefined && doubts.length > 0 ? ` at node "${place.nodeId}"` : '';
    throw new FlowError('API_WRONG_STATE', { details: { id, status, reason: NO_DOUBT + where } });
  }
  if (chosen.length === 1) return doubt;
  const calls = chosen.map(({ nodeId, iteration }) => `${nodeId} (iteration ${iteration})`).join(', ');
  throw new FlowError('API_BAD_REQUEST', {
    details: { path: 'field "nodeId"', reason: `must say which of several calls is meant: ${calls}` },
  });
}
