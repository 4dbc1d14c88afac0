import { errorToJson, type FlowError } from '@crossdock/errors';
import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import { type Execution, redactedError } from './execution.ts';
import type { PlannedNode } from './plan.ts';
import type { DoneEffect, FrontierEntry, JournalSnapshot } from './records.ts';

/** Adds an effect that can be undone to the saga log; without `outputRef` nobody knows whether it was done. */
export function logEffect(execution: Execution, planned: PlannedNode, entry: FrontierEntry, outputRef?: string): void {
  const { compensate } = planned.node;
  if (compensate === undefined || entry.undoes) return;
  const { nodeId, iteration, inputRef } = entry;
  const effect: DoneEffect = { nodeId, iteration, compensate, inputRef, ...(outputRef ? { outputRef } : {}) };
  execution.snapshot.effects = [...(execution.snapshot.effects ?? []), effect];
}

/** Whether a failure or a cancellation has something to undo first. */
export function hasEffectsToUndo({ snapshot, plan }: Execution): boolean {
  const known = (snapshot.effects ?? []).some(({ compensate }) => plan?.nodes.has(compensate));
  return known && snapshot.status !== 'compensating';
}

/**
 * Turns an execution round: what is under way in it is dropped, and the effects of the saga log are undone, the last one first, each by its
 * compensating node with `{input, output, error}`. Its record is written before anything is undone. `error` is why.
 */
export async function beginCompensation(
  core: Core,
  execution: Execution,
  { error, nodeId, lease }: { error: FlowError; nodeId?: string; lease?: string },
): Promise<void> {
  const { snapshot } = execution;
  const json = redactedError(core.ports, execution, error);
  snapshot.frontier = [...(snapshot.effects ?? [])]
    .reverse()
    .filter(({ compensate }) => execution.plan?.nodes.has(compensate))
    .map((effect) => entryToUndo(execution, effect, errorToJson(error)));
  delete snapshot.splits;
  await writeCheckpoint(core.ports, execution, {
    status: 'compensating',
    error: nodeId === undefined ? json : { ...json, nodeId },
    ...(lease === undefined ? {} : { lease }),
  });
}

function entryToUndo(execution: Execution, effect: DoneEffect, error: JournalSnapshot['error']): FrontierEntry {
  const { payloads } = execution;
  const { nodeId, iteration, compensate, inputRef: doneWith, outputRef } = effect;
  const inputRef = `undo.${nodeId}.${iteration}`;
  const output = outputRef === undefined ? undefined : payloads.get(outputRef);
  payloads.set(inputRef, { input: payloads.get(doneWith), ...(output === undefined ? {} : { output }), error });
  execution.untraced.push(inputRef);
  return { nodeId: compensate, inputRef, iteration, attempts: 0, undoes: { nodeId, iteration } };
}
