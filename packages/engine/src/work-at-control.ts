import { type FlowError, toFlowError } from '@crossdock/errors';
import { logEffect } from './compensation.ts';
import type { Core } from './core.ts';
import type { Execution } from './execution.ts';
import { leaveNode } from './frontier.ts';
import { wasJoined } from './join.ts';
import type { Carrying, NodeOutcome } from './node-work.ts';
import { observeAttempt } from './observe.ts';
import type { PlannedNode } from './plan.ts';
import type { FrontierEntry, Span } from './records.ts';
import { isOurTrouble } from './retry-policy.ts';
import { closeOpenSpans, closeSpan, openSpan, waitingSpan } from './spans.ts';
import { closeFinishedSplits, openSplit } from './splits.ts';
import { type ControlResult, visitControl } from './visit-control.ts';

type GiveUp = (
  core: Core,
  execution: Execution,
  at: { entry: FrontierEntry; planned: PlannedNode; span: Span },
  error: FlowError,
) => Promise<NodeOutcome>;

/** Works at a node that the engine knows by itself; what is wrong there ends by its `onError`. */
export async function workAtControl(
  core: Core,
  carrying: Carrying,
  { entry, planned }: { entry: FrontierEntry; planned: PlannedNode },
  giveUp: GiveUp,
): Promise<NodeOutcome> {
  const { execution } = carrying;
  const { snapshot } = execution;
  if (planned.upstream && wasJoined(execution, planned, entry)) {
    snapshot.frontier = snapshot.frontier.filter((other) => other !== entry);
    closeFinishedSplits(execution);
    return { kind: 'left' };
  }
  const span = (entry.wait && waitingSpan(execution, entry)) ?? openSpan(core.ports, execution, planned, entry);
  const at = { execution, planned, entry, span };
  let result: ControlResult;
  try {
    result = await visitControl(core, at);
  } catch (thrown) {
    const error = toFlowError(thrown);
    if (isOurTrouble(error)) throw error;
    return giveUp(core, execution, at, error);
  }
  switch (result.kind) {
    case 'waits':
      span.status = 'waiting';
      entry.wait = result.wait;
      delete entry.timedOut;
      if (result.dueAt === undefined) delete entry.dueAt;
      else entry.dueAt = result.dueAt;
      return { kind: 'waits' };
    case 'sleeps':
      await carrying.slot.sleep(result.ms);
      return leave(core, execution, at, {
        emissions: [{ handle: 'out', payload: execution.payloads.get(entry.inputRef) }],
      });
    case 'splits':
      closeSpan(core, execution, span, { status: 'succeeded' });
      openSplit(at, result.items, result.onItemError);
      closeFinishedSplits(execution);
      return { kind: 'left' };
    case 'stops':
      closeSpan(core, execution, span, { status: 'succeeded' });
      observeAttempt(core, execution, span);
      if (result.error) return { kind: 'failed', error: result.error };
      snapshot.frontier = [];
      delete snapshot.splits;
      closeOpenSpans(core, execution);
      return { kind: 'left' };
    case 'leaves':
      return leave(core, execution, at, result);
  }
}

function leave(
  core: Core,
  execution: Execution,
  at: { entry: FrontierEntry; planned: PlannedNode; span: Span },
  {
    emissions,
    together = [],
    iteration,
    isSimulated = false,
  }: Omit<Extract<ControlResult, { kind: 'leaves' }>, 'kind'>,
): NodeOutcome {
  const { entry, planned, span } = at;
  const { snapshot } = execution;
  closeSpan(core, execution, span, { status: isSimulated ? 'simulated' : 'succeeded' });
  observeAttempt(core, execution, span);
  snapshot.frontier = snapshot.frontier.filter((other) => !together.includes(other));
  leaveNode(execution, { ...at, entry: iteration === undefined ? entry : { ...entry, iteration }, emissions });
  snapshot.frontier = snapshot.frontier.filter((other) => other !== entry);
  if (planned.manifest.effect === 'keyed') logEffect(execution, planned, entry, span.outputRef);
  closeFinishedSplits(execution);
  return { kind: 'left' };
}
