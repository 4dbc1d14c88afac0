import type { NewTrigger } from '@crossdock/bus';
import { compileKeys, computeKeys, tokensIn } from '../../intake/keys.ts';
import type { ApiOptions } from '../api.ts';
import { openEdited, sealFor } from './edited-payload.ts';
import { expired } from './original.ts';
import type { ReplayStart } from './prepare-replay.ts';

type Beginning = Pick<NewTrigger, 'payload' | 'keys' | 'orderingKey' | 'lane'>;

/**
 * The payload that a replay from the trigger begins with. Where it is not the one that its keys were computed on, those are computed anew
 * and its lane with them. Throws `API_REPLAY_EXPIRED`, `DATA_KEY`.
 */
export async function payloadToBeginWith({ vault, bus }: ApiOptions, start: ReplayStart): Promise<Beginning> {
  const { original, head, revision, flow, wanted, receivedAt } = start;
  const { env, flowId } = original;
  const { nodeId, headers, keys, lane } = head;
  const sameKeys = { keys, ...(lane === undefined ? {} : { lane }) };
  const found = await original.payload('trigger');
  const recorded = 'value' in found ? found.value : undefined;
  if (wanted.payload === undefined) {
    if ('why' in found) throw expired(original, wanted.from, `the trigger's payload ${found.why}`);
    if (!head.wasRefused) return { payload: recorded, ...sameKeys };
  }
  const clear =
    wanted.payload === undefined
      ? vault.open(recorded, { env })
      : openEdited(vault, env, { edited: wanted.payload, recorded });
  const payload = sealFor(vault, env, flow, clear);
  // The keys of a split's element are those of the whole.
  if (head.item) return { payload, ...sameKeys };
  const meta = { env, flowId, revision, nodeId, receivedAt, headers };
  const { keys: newKeys, orderingKey } = await computeKeys(
    compileKeys(flow.settings ?? {}),
    clear,
    { meta, vars: bus.registry.variables(env) },
    tokensIn(vault, env),
  );
  return { payload, keys: newKeys, ...(orderingKey === undefined ? {} : { orderingKey }) };
}

/** What came in, for expressions that name it: a replay that begins inside the flow may do without. Throws `API_REPLAY_EXPIRED`. */
export async function payloadBesideSeed({ original, flow, wanted }: ReplayStart): Promise<unknown> {
  const found = await original.payload('trigger');
  if ('value' in found) return found.value;
  if (JSON.stringify(flow.nodes).includes('$trigger'))
    throw expired(original, wanted.from, `the trigger's payload, which the flow names, ${found.why}`);
  return null;
}
