import type { NewTrigger } from '@crossdock/bus';
import type { ReplaySeed } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { Flow } from '@crossdock/flow-model';
import { isTerminal } from '../../projector/execution-rows.ts';
import type { ApiOptions } from '../api.ts';
import { openEdited, sealFor } from './edited-payload.ts';
import { expired, type Original, type ReplayHead } from './original.ts';
import { revisionFor } from './replay-revision.ts';
import { seedOfFailure } from './replay-seed.ts';
import { seedFromNode } from './seed-from-node.ts';
import { payloadBesideSeed, payloadToBeginWith } from './trigger-payload.ts';

export interface WantedReplay {
  /** `trigger`, `failed` or the id of a node. */
  from: string;
  revision: number | 'same' | 'deployed';
  effects: 'same-keys' | 'new-keys';
  /** What the place it begins at gets instead, in clear but for the dots of masked values. */
  payload?: unknown;
  /** Given where the same replay must be one execution however often it is asked for. */
  executionId?: string;
}

/** A replay that can be made: what it begins with and on. */
export interface ReplayStart {
  original: Original;
  head: ReplayHead;
  revision: number;
  flow: Flow;
  wanted: WantedReplay;
  /** RFC 3339. */
  receivedAt: string;
}

/**
 * The trigger of a replay; nothing is written yet, but for a revision that the bus does not know. Throws `API_WRONG_STATE`, `API_REPLAY_EXPIRED` when what it needs is no longer kept, `API_BAD_REQUEST` for a
 * place that cannot be begun at, `API_NOT_FOUND` for a revision, `DATA_KEY` when a changed payload gives no keys.
 */
export async function prepareReplay(
  options: ApiOptions,
  original: Original,
  wanted: WantedReplay,
): Promise<NewTrigger> {
  refuseState(original, wanted);
  const { executionId, env, flowId, head } = original;
  if (!head) throw expired(original, wanted.from, 'its trigger is no longer kept');
  const { revision, flow } = await revisionFor(options, original, wanted.revision);
  const start: ReplayStart = { original, head, revision, flow, wanted, receivedAt: new Date().toISOString() };
  const seed = await seedOf(options, start);
  for (const nodeId of [head.nodeId, ...(seed?.frontier ?? []).map((entry) => entry.nodeId)])
    if (!flow.nodes.some(({ id }) => id === nodeId)) throw notInRevision(nodeId);
  const { nodeId, headers, keys, lane, item, keyBase, masked } = head;
  return {
    ...{ flowId, revision, env, nodeId, headers, receivedAt: start.receivedAt, replayOf: executionId },
    ...(item === undefined ? {} : { item }),
    ...(masked === undefined ? {} : { masked }),
    ...(wanted.effects === 'same-keys' ? { keyBase: keyBase ?? executionId } : {}),
    ...(wanted.executionId === undefined ? {} : { executionId: wanted.executionId }),
    ...(seed
      ? { seed, keys, ...(lane === undefined ? {} : { lane }), payload: await payloadBesideSeed(start) }
      : await payloadToBeginWith(options, start)),
  };
}

function refuseState({ executionId: id, status, spans }: Original, { from, effects }: WantedReplay): void {
  const refuse = (reason: string) => new FlowError('API_WRONG_STATE', { details: { id, status, reason } });
  if (!isTerminal(status)) throw refuse('it has not ended; cancel it first');
  if (from === 'failed' && status === 'succeeded') throw refuse('nothing in it failed');
  // What stopped the undoing goes on with it.
  if (from === 'failed' && status === 'compensation-failed') return;
  // Under the same keys a target takes for done what was undone since.
  const isUndone = spans.some((span) => span.undoes !== undefined && span.status === 'succeeded');
  if (isUndone && (from !== 'trigger' || effects === 'same-keys'))
    throw refuse('its effects were undone; replay it from the trigger with new keys');
}

/** Where the replay begins inside the flow; undefined when it begins at the trigger. */
async function seedOf(options: ApiOptions, start: ReplayStart): Promise<ReplaySeed | undefined> {
  const { original, head, flow, wanted } = start;
  const { from } = wanted;
  const { snapshot } = original;
  if (from === 'trigger' || from === head.nodeId) return undefined;
  if (from === 'failed') {
    if (!snapshot) throw expired(original, from, 'its record is no longer kept');
    return seedOfFailure(snapshot, await editedFor(options, start, snapshot.error?.nodeId));
  }
  const edited = await editedFor(options, start, from);
  return seedFromNode(original, { flow, nodeId: from, edited });
}

/** What a person gave instead of what a node got last, as it may rest. */
async function editedFor(
  { vault }: ApiOptions,
  { original, flow, wanted: { payload: edited } }: ReplayStart,
  nodeId: string | undefined,
): Promise<{ value: unknown } | undefined> {
  if (edited === undefined) return undefined;
  const last = original.spans.findLast((span) => span.nodeId === nodeId);
  const found = await original.payload(last?.inputRef ?? 'trigger');
  const recorded = 'value' in found ? found.value : undefined;
  const clear = openEdited(vault, original.env, { edited, recorded });
  return { value: sealFor(vault, original.env, flow, clear) };
}

function notInRevision(nodeId: string): FlowError {
  const reason = `has no node "${nodeId}"; choose another, or replay from another place`;
  return new FlowError('API_BAD_REQUEST', { details: { path: 'field "revision"', reason } });
}
