import { FlowError } from '@crossdock/errors';
import { childIdsOf } from './children.ts';
import { beginCompensation, hasEffectsToUndo, logEffect } from './compensation.ts';
import type { Core } from './core.ts';
import { type Execution, plannedNode } from './execution.ts';
import { endCancelled } from './finish.ts';
import type { Lease } from './ports.ts';
import { closeOpenSpans } from './spans.ts';

export const cancelledBy = (by: string): FlowError => new FlowError('RUN_CANCELLED', { details: { by } });

/**
 * Ends an execution because someone asked for it. Its effects are undone first where nodes say how, those included that may have been under
 * way without a record of their end; then it is to be carried on (`false`). Executions it waits for are cancelled, too.
 */
export async function cancelExecution(core: Core, execution: Execution, lease: Lease, by: string): Promise<boolean> {
  const { snapshot } = execution;
  const error = cancelledBy(by);
  closeOpenSpans(core, execution);
  if (execution.plan) {
    for (const entry of snapshot.frontier) {
      if (entry.unclear || entry.intent) logEffect(execution, plannedNode(execution, entry.nodeId), entry);
    }
  }
  await cancelChildren(core, execution, by);
  if (hasEffectsToUndo(execution)) {
    await beginCompensation(core, execution, { error, lease: lease.token });
    return false;
  }
  await endCancelled(core, execution, lease, error);
  return true;
}

async function cancelChildren({ ports }: Core, execution: Execution, by: string): Promise<void> {
  for (const { flowId, executionId } of childIdsOf(execution)) {
    await ports.cancels.want(executionId, by);
    await ports.commands.send({ env: execution.address.env, flowId, executionId }, { type: 'cancel', by });
  }
}
