import type { Job } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../store/index.ts';
import { UUID } from '../execution-id.ts';

export type JobRow = Selectable<Tables['jobs']>;
export type JobItem = Selectable<Tables['job_items']>;

/** A job as the API shows it. */
export function jobView(row: JobRow): Job {
  const isRunning = row.status === 'running';
  return {
    jobId: row.job_id,
    kind: row.request.kind,
    ...(row.env === null ? {} : { env: row.env }),
    status: row.status,
    startedAt: row.started_at.toISOString(),
    startedBy: row.started_by,
    ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
    total: row.total,
    done: row.done,
    failed: row.failed,
    ...(isRunning ? { perSecond: row.per_second } : {}),
    errors: row.errors,
  };
}

/** Throws `API_NOT_FOUND`. */
export async function readJob({ kysely }: Pick<Database, 'kysely'>, jobId: string): Promise<JobRow> {
  const row = UUID.test(jobId)
    ? await kysely.selectFrom('jobs').selectAll().where('job_id', '=', jobId).executeTakeFirst()
    : undefined;
  if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'job', id: jobId } });
  return row;
}
