import type { Span } from '@crossdock/engine';
import { attemptsOf, type Ended, outcomeOf } from '../health/roll-up.ts';
import type { Batch } from './batch.ts';
import type { ExecutionRecord } from './execution-rows.ts';

/**
 * What a batch says has ended: executions whose newest record is terminal, and attempts that the record before did not have. A terminal record is
 * an execution's last, so each comes once.
 */
export function endedIn({
  changed,
  parts,
  before,
}: {
  changed: readonly ExecutionRecord[];
  parts: Batch['parts'];
  before: ReadonlyMap<string, Span[]>;
}): Ended[] {
  return changed.flatMap((row): Ended[] => {
    const own = parts.get(row.execution_id);
    if (!own) return [];
    const { env, flow_id: name, started_at, ended_at, status } = row;
    const attempts = attemptsOf({ env, flowId: name }, own.spans, before.get(row.execution_id));
    const outcome = outcomeOf(status);
    if (outcome === undefined || ended_at === null || own.isPart) return attempts;
    const at = ended_at.getTime();
    return [...attempts, { env, kind: 'flow', name, outcome, at, durationMs: at - started_at.getTime() }];
  });
}
