import type { FrontierEntry, ReplaySeed, RestingValue, Span } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { Flow } from '@crossdock/flow-model';
import { type FlowWays, waysOf } from './flow-ways.ts';
import { expired, type Original } from './original.ts';
import { ambiguousPayload, newEditedRef } from './replay-seed.ts';

/**
 * Begins at a node with everything that arrived there, as the spans tell. Throws `API_BAD_REQUEST` for a node that cannot be begun at, and
 * `API_REPLAY_EXPIRED` when a payload is gone.
 */
export async function seedFromNode(
  original: Original,
  { flow, nodeId, edited }: { flow: Flow; nodeId: string; edited: { value: unknown } | undefined },
): Promise<ReplaySeed> {
  const ways = waysOf(flow);
  refusePlace(original, ways, nodeId);
  const arrivals = arrivalsAt(original.spans, nodeId);
  const [first] = arrivals;
  if (!first) throw badPlace(nodeId, 'did not run in this execution');
  if (edited && arrivals.length > 1) throw ambiguousPayload(arrivals.length);
  const editedRef = edited && newEditedRef();
  const outputs: Record<string, RestingValue> = edited && editedRef ? { [editedRef]: edited } : {};
  const keep = async (ref: string, what: string): Promise<void> => {
    const found = await original.payload(ref);
    if ('why' in found) throw expired(original, nodeId, `${what} ${found.why}`);
    outputs[ref] = found;
  };
  const frontier: FrontierEntry[] = [];
  for (const { inputRef = 'trigger', iteration = 0 } of arrivals) {
    if (!editedRef) await keep(inputRef, `what node "${nodeId}" got`);
    frontier.push({ nodeId, inputRef: editedRef ?? inputRef, iteration, attempts: 0 });
  }

  const nodeOutputs: Record<string, string> = {};
  for (const [id, ref] of outputsBefore(original.spans, first)) {
    const need = needOf(flow, id);
    if (need === 'none') continue;
    const found = await original.payload(ref);
    if ('value' in found) outputs[ref] = found;
    else if (need === 'named') throw expired(original, nodeId, `the output of node "${id}" ${found.why}`);
    else continue;
    nodeOutputs[id] = ref;
  }

  const again = ways.from(nodeId);
  const effects = original.effects.filter((effect) => !again.has(effect.nodeId));
  for (const { nodeId: id, inputRef, outputRef } of effects)
    for (const ref of [inputRef, outputRef])
      if (ref !== undefined && !(ref in outputs)) await keep(ref, `what undoing node "${id}" needs`);
  return { frontier, outputs, nodeOutputs, ...(effects.length === 0 ? {} : { effects }) };
}

function refusePlace({ head }: Original, ways: FlowWays, nodeId: string): void {
  if (!ways.node(nodeId)) throw badPlace(nodeId, 'is not in this revision');
  if (ways.controlOf(nodeId) === 'join') throw badPlace(nodeId, 'joins several payloads; begin before or behind it');
  // An element that is an execution of its own begins at its split, and lies in what that lies in.
  const around = ways.splitsAround(head?.nodeId ?? '');
  const inside = [...ways.splitsAround(nodeId)].find((split) => split !== head?.nodeId && !around.has(split));
  if (inside !== undefined) throw badPlace(nodeId, `lies behind "each" of split "${inside}"; begin at that`);
  const join = ways.joinWithOtherWays(nodeId);
  if (join !== undefined)
    throw badPlace(nodeId, `leads to join "${join}", which also waits for what comes another way`);
}

function badPlace(nodeId: string, reason: string): FlowError {
  return new FlowError('API_BAD_REQUEST', { details: { path: 'field "from"', reason: `node "${nodeId}" ${reason}` } });
}

/** The first span of each arrival at a node. */
function arrivalsAt(spans: readonly Span[], nodeId: string): Span[] {
  const arrivals = new Map<number, Span>();
  for (const span of spans) {
    const { iteration = 0 } = span;
    if (span.nodeId === nodeId && span.undoes === undefined && !arrivals.has(iteration)) arrivals.set(iteration, span);
  }
  return [...arrivals.values()];
}

/** The latest output of each node that ran before. */
function outputsBefore(spans: readonly Span[], first: Span): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const { nodeId, outputRef } of spans.slice(0, spans.indexOf(first)))
    if (outputRef !== undefined && nodeId !== first.nodeId) outputs.set(nodeId, outputRef);
  return outputs;
}

/** Whether an expression of the flow may ask for a node's output: by name, or by one that is computed. */
function needOf(flow: Flow, nodeId: string): 'named' | 'perhaps' | 'none' {
  const text = JSON.stringify(flow.nodes);
  if (!text.includes('$nodes')) return 'none';
  const id = nodeId.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
  return new RegExp(`\\$nodes\\s*\\.\\s*(?:${id}\\b|\`${id}\`)`).test(text) ? 'named' : 'perhaps';
}
