import { childExecutionId } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { ApiOptions } from '../api.ts';
import { executionNotFound } from '../execution-id.ts';
import { readOriginal } from '../replay/original.ts';
import { replayExecution } from '../replay/replay-execution.ts';
import { NO_DOUBT, resolveDoubt } from '../resolve-doubt.ts';
import type { JobItem, JobRow } from './job-rows.ts';

/**
 * Does what a job asks with one execution. Doing it again is harmless: a replay by a job is the same execution however often it is started.
 * Throws what the single route for it would answer.
 */
export async function performItem(options: ApiOptions, job: JobRow, item: JobItem): Promise<void> {
  const { request, job_id: jobId, started_by: by } = job;
  const { execution_id: id } = item;
  if (request.kind === 'replay') {
    const { from, revision, effects } = request;
    const original = await readOriginal(options, id);
    if (!original) throw executionNotFound(id);
    const executionId = childExecutionId('job', jobId, id);
    await replayExecution(options, original, { from, revision, effects, executionId, by });
    return;
  }
  const snapshot = await options.bus.executions.read(id);
  if (!snapshot) throw new FlowError('API_WRONG_STATE', { details: { id, status: 'unknown', reason: NO_DOUBT } });
  const { outcome } = request;
  await resolveDoubt(options, snapshot, {
    ...{ outcome, by },
    nodeId: item.node_id ?? undefined,
    iteration: item.iteration ?? undefined,
  });
}
