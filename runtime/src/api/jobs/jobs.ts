import { randomUUID } from 'node:crypto';
import { FlowError } from '@crossdock/errors';
import { type RawBuilder, sql } from 'kysely';
import { type JobRequest, storableText } from '../../store/index.ts';
import type { ApiOptions } from '../api.ts';
import { type JobRow, jobView, readJob } from './job-rows.ts';
import { createPacer } from './pacer.ts';
import { type JobContext, runJob } from './run-job.ts';

/** Long work over many executions, kept in the database: found again, and gone on with, after a restart. */
export interface Jobs {
  /** Fixes what is to be worked through and begins; no job where that is nothing. */
  start(wanted: WantedJob): Promise<{ jobId: string | null; count: number }>;
  /** What is done stays done. Throws `API_NOT_FOUND`, and `API_WRONG_STATE` when the job has ended. */
  stop(jobId: string): Promise<JobRow>;
}

export interface WantedJob {
  request: JobRequest;
  env?: string | undefined;
  by: string;
  /** A select of `execution_id`, `node_id`, `iteration` and `position` (from 1). */
  items: RawBuilder<unknown>;
}

/** So many executions a second, over all jobs of this process: live traffic comes first. */
const PER_SECOND = 50;
/** Most executions of one job. */
const MAX_ITEMS = 100_000;
const LOOK_EVERY_MS = 5_000;
/** A job whose process said nothing for so long is gone on with by another. */
const STALE_MS = 10_000;

export function createJobs(options: ApiOptions): Jobs {
  const { db, events, log } = options;
  const stopping = options.stopping ?? new AbortController().signal;
  const context: JobContext = { options, owner: randomUUID(), pace: createPacer(PER_SECOND) };
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  const run = (job: JobRow): void => {
    const stop = new AbortController();
    const ended = work(context, job, AbortSignal.any([stop.signal, stopping])).finally(() =>
      running.delete(job.job_id),
    );
    running.set(job.job_id, { stop, ended });
  };
  const look = async (): Promise<void> => {
    if (!stopping.aborted) for (const job of await claimAbandoned(context)) run(job);
  };
  const lookSafely = () =>
    look().catch((error) => log.warn({ err: error }, 'unfinished jobs could not be looked for; tried again soon'));
  const timer = setInterval(lookSafely, LOOK_EVERY_MS).unref();
  stopping.addEventListener('abort', () => clearInterval(timer), { once: true });
  void lookSafely();

  return {
    async start(wanted) {
      const job = await insertJob(context, wanted);
      if (!job) return { jobId: null, count: 0 };
      log.info({ by: wanted.by, jobId: job.job_id, ...wanted.request, total: job.total }, 'a job begins');
      events.emit({ kind: 'job', data: jobView(job) });
      run(job);
      return { jobId: job.job_id, count: job.total };
    },
    async stop(jobId) {
      const { status } = await readJob(db, jobId);
      const stopped = await db.kysely
        .updateTable('jobs')
        .set({ status: 'stopped', ended_at: new Date() })
        .where('job_id', '=', jobId)
        .where('status', '=', 'running')
        .returning('job_id')
        .executeTakeFirst();
      if (!stopped)
        throw new FlowError('API_WRONG_STATE', {
          message: `job "${jobId}" is ${status}: it has ended`,
          details: { id: jobId, status },
        });
      const here = running.get(jobId);
      here?.stop.abort();
      await here?.ended;
      await db.kysely.deleteFrom('job_items').where('job_id', '=', jobId).execute();
      const row = await readJob(db, jobId);
      events.emit({ kind: 'job', data: jobView(row) });
      return row;
    },
  };
}

/** Runs a job of this process to its end; when the process stops first, the next one goes on with it at once. Never throws. */
async function work({ options, owner, ...rest }: JobContext, job: JobRow, signal: AbortSignal): Promise<void> {
  const { db, log } = options;
  const jobId = job.job_id;
  const mine = () => db.kysely.updateTable('jobs').where('job_id', '=', jobId).where('owner', '=', owner);
  try {
    await runJob({ options, owner, ...rest }, job, signal);
    if (signal.aborted) await mine().set({ owner: null }).execute();
  } catch (error) {
    log.error({ err: error, jobId }, 'a job broke off');
    try {
      // With the database away nothing is said of the job itself: it is gone on with later.
      await db.check();
      await mine().set({ status: 'failed', ended_at: new Date() }).where('status', '=', 'running').execute();
    } catch (trouble) {
      log.warn({ err: trouble, jobId }, 'a job waits for the database');
    }
  }
}

async function claimAbandoned({ options, owner }: JobContext): Promise<JobRow[]> {
  const staleBefore = new Date(Date.now() - STALE_MS);
  return options.db.kysely
    .updateTable('jobs')
    .set({ owner, beat_at: new Date() })
    .where('status', '=', 'running')
    .where((eb) => eb.or([eb('owner', 'is', null), eb('beat_at', '<', staleBefore)]))
    .returningAll()
    .execute();
}

async function insertJob({ options, owner }: JobContext, wanted: WantedJob): Promise<JobRow | undefined> {
  return options.db.transaction(async (tx) => {
    const jobId = randomUUID();
    const now = new Date();
    await tx
      .insertInto('jobs')
      .values({
        job_id: jobId,
        env: wanted.env ?? null,
        status: 'running',
        request: JSON.stringify(wanted.request),
        started_at: now,
        started_by: storableText(wanted.by),
        total: 0,
        errors: '[]',
        owner,
        beat_at: now,
      })
      .execute();
    const { numAffectedRows = 0n } =
      await sql`insert into job_items (job_id, position, execution_id, node_id, iteration)
      select ${jobId}::uuid, position - 1, execution_id, node_id, iteration from (${wanted.items}) chosen
      where position <= ${MAX_ITEMS}`.execute(tx);
    if (numAffectedRows === 0n) {
      await tx.deleteFrom('jobs').where('job_id', '=', jobId).execute();
      return undefined;
    }
    return tx
      .updateTable('jobs')
      .set({ total: Number(numAffectedRows) })
      .where('job_id', '=', jobId)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}
