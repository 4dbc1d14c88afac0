import { type ErrorJson, FlowError } from '@crossdock/errors';
import { isKeyless } from '@crossdock/flow-model';
import { type Execution, labelOf, redactedError } from './execution.ts';
import type { PlannedNode } from './plan.ts';
import type { EnginePorts } from './ports.ts';
import type { FrontierEntry } from './records.ts';

/** What becomes of a call of which nobody knows whether it was done. */
export type DoubtSettled =
  | { kind: 'repeat' }
  | { kind: 'done'; payload: unknown; by?: string }
  | { kind: 'failed'; error: FlowError; by?: string }
  | { kind: 'asks' };

/** True for a node whose target cannot tell a repeated call from a new one. */
export const isUnrepeatable = ({ node, manifest }: PlannedNode): boolean => isKeyless(node, manifest);

/**
 * Settles what an earlier run left open at this entry: a person's word, or a call that began and has no record of its end, as its worker
 * died. Undefined when nothing is in doubt.
 */
export function settleDoubt(
  ports: Pick<EnginePorts, 'seal' | 'newToken'>,
  execution: Execution,
  planned: PlannedNode,
  entry: FrontierEntry,
): DoubtSettled | undefined {
  const { wait } = entry;
  if (wait?.kind === 'doubt' && wait.resolved) {
    const { outcome, outputRef, by } = wait.resolved;
    delete entry.wait;
    delete entry.intent;
    if (outcome === 'repeat') return { kind: 'repeat' };
    if (outcome === 'done')
      return { kind: 'done', payload: outputRef === undefined ? null : execution.payloads.get(outputRef), by };
    return { kind: 'failed', error: inDoubt(planned, wait.error), by };
  }
  return entry.intent ? doubt(ports, execution, { planned, entry }) : undefined;
}

/** Applies the node's policy to a call in doubt; with `ask` the entry waits for a person, with all that is known. */
export function doubt(
  ports: Pick<EnginePorts, 'seal' | 'newToken'>,
  execution: Execution,
  { planned, entry, error }: { planned: PlannedNode; entry: FrontierEntry; error?: FlowError },
): DoubtSettled {
  const { onDoubt = 'ask' } = planned.node;
  const since = entry.intent?.at ?? execution.snapshot.startedAt;
  if (onDoubt !== 'ask') delete entry.intent;
  if (onDoubt === 'retry') return { kind: 'repeat' };
  if (onDoubt === 'skip') return { kind: 'done', payload: null };
  const json = error && redactedError(ports, execution, error);
  entry.wait = { kind: 'doubt', id: ports.newToken(), since, ...(json ? { error: json } : {}) };
  return { kind: 'asks' };
}

function inDoubt({ node }: PlannedNode, error: ErrorJson | undefined): FlowError {
  const reason = error?.message ?? 'the worker died while it was under way';
  return new FlowError('RUN_IN_DOUBT', { details: { remote: labelOf(node), node: node.id, reason } });
}
