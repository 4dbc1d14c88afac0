import type { ApiOptions } from '../api.ts';
import type { Handlers } from '../mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readPlace } from '../paging.ts';
import { jobView, readJob } from './job-rows.ts';
import type { Jobs } from './jobs.ts';

export function jobHandlers({ db, log }: ApiOptions, jobs: Jobs): Pick<Handlers, 'listJobs' | 'getJob' | 'stopJob'> {
  return {
    async listJobs({ query: { limit = DEFAULT_LIMIT, cursor } }) {
      let query = db.kysely.selectFrom('jobs').selectAll();
      const after = readPlace(cursor);
      if (after)
        query = query.where((eb) =>
          eb(eb.refTuple('started_at', 'job_id'), '<', eb.tuple(after.at, after.executionId)),
        );
      const rows = await query
        .orderBy('started_at', 'desc')
        .orderBy('job_id', 'desc')
        .limit(limit + 1)
        .execute();
      const next = ({ startedAt, jobId }: { startedAt: string; jobId: string }) => cursorOf(startedAt, jobId);
      return { status: 200, body: pageOf(rows.map(jobView), limit, next) };
    },
    async getJob({ params: { jobId } }) {
      return { status: 200, body: jobView(await readJob(db, jobId)) };
    },
    async stopJob({ params: { jobId }, allowIn, audit, caller }) {
      allowIn((await readJob(db, jobId)).env ?? undefined);
      const row = await jobs.stop(jobId);
      log.info({ by: caller?.name, jobId }, 'a job was stopped');
      const { total, done, failed } = row;
      const audited = await audit.record({ id: jobId, env: row.env ?? undefined, after: { total, done, failed } });
      return { status: 202, body: jobView(row), audited };
    },
  };
}
