import { setTimeout as sleep } from 'node:timers/promises';
import { type FlowError, isFlowError, toFlowError } from '@crossdock/errors';
import { storableJson } from '../../store/index.ts';
import type { ApiOptions } from '../api.ts';
import { type JobItem, type JobRow, jobView } from './job-rows.ts';
import type { Pacer } from './pacer.ts';
import { performItem } from './perform-item.ts';

export interface JobContext {
  options: ApiOptions;
  /** Names this process in the jobs it works at. */
  owner: string;
  pace: Pacer;
}

const SAVE_EVERY_MS = 500;
const PAGE = 200;
const RETRY_MS = { first: 200, most: 5_000 };
const ERRORS_KEPT = 20;

/**
 * Works through the rest of a job, one execution after the other. Its progress is saved twice a second: whoever goes on after this process
 * died does at most so much again. Ends early when `signal` aborts, or when the job was stopped or taken over elsewhere. What fails for one
 * execution is counted and noted; trouble with bus or database is waited out.
 */
export async function runJob(context: JobContext, job: JobRow, signal: AbortSignal): Promise<void> {
  const { options, pace } = context;
  const elsewhere = new AbortController();
  const stop = AbortSignal.any([signal, elsewhere.signal]);
  const progress: Progress = { done: job.done, failed: job.failed, errors: [...job.errors] };
  const saver = keepSaving(context, job, progress, () => elsewhere.abort());
  try {
    for await (const item of itemsOf(options, job, progress)) {
      await patiently(stop, async () => {
        await pace(stop);
        await attempt(options, job, item, progress);
      });
      if (stop.aborted) break;
    }
  } finally {
    await saver.end();
  }
  if (!stop.aborted) await finish(context, job, progress);
}

/** Counts, from the first item of the job on. */
interface Progress {
  done: number;
  failed: number;
  errors: JobRow['errors'];
}

async function* itemsOf({ db }: ApiOptions, job: JobRow, progress: Progress): AsyncGenerator<JobItem> {
  for (;;) {
    const items = await db.kysely
      .selectFrom('job_items')
      .selectAll()
      .where('job_id', '=', job.job_id)
      .where('position', '>=', progress.done + progress.failed)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    yield* items;
    if (items.length < PAGE) return;
  }
}

/** Throws only what passes. */
async function attempt(options: ApiOptions, job: JobRow, item: JobItem, progress: Progress): Promise<void> {
  try {
    await performItem(options, job, item);
    progress.done++;
  } catch (thrown) {
    const error = toFlowError(thrown);
    if (isPassing(error)) throw error;
    // What is thrown while the database is away says nothing of this execution.
    if (!isFlowError(thrown)) await options.db.check();
    progress.failed++;
    const { code, message } = error;
    if (progress.errors.length < ERRORS_KEPT) progress.errors.push({ executionId: item.execution_id, code, message });
  }
}

function isPassing({ code }: FlowError): boolean {
  return /^SYSTEM_(?:BUS|DATABASE|STOPPING)/.test(code);
}

async function patiently(stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (let delayMs = RETRY_MS.first; !stop.aborted; delayMs = Math.min(delayMs * 2, RETRY_MS.most)) {
    try {
      await work();
      return;
    } catch {
      await sleep(delayMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

/** Saves progress now and then, and tells watchers; `lost` is called when the job is no longer ours to work at. */
function keepSaving(context: JobContext, job: JobRow, progress: Progress, lost: () => void) {
  const { options, owner } = context;
  const { log, events } = options;
  const startedAt = performance.now();
  const before = progress.done + progress.failed;
  let saving: Promise<void> | undefined;
  const save = async (): Promise<void> => {
    const seconds = (performance.now() - startedAt) / 1000;
    const row = await saveProgress(options, job.job_id, owner, {
      ...progress,
      perSecond: Math.round(((progress.done + progress.failed - before) / seconds) * 10) / 10,
    });
    if (row?.status === 'running') events.emit({ kind: 'job', data: jobView(row) });
    else lost();
  };
  const saveSoon = () => {
    saving ??= save()
      .catch((error) => log.warn({ err: error, jobId: job.job_id }, 'the progress of a job could not be saved'))
      .finally(() => {
        saving = undefined;
      });
    return saving;
  };
  const timer = setInterval(saveSoon, SAVE_EVERY_MS);
  return {
    async end() {
      clearInterval(timer);
      await saving;
      await saveSoon();
    },
  };
}

/** What was done counts also after someone stopped the job. */
async function saveProgress(
  { db }: ApiOptions,
  jobId: string,
  owner: string,
  { done, failed, errors, perSecond }: Progress & { perSecond: number },
): Promise<JobRow | undefined> {
  return db.kysely
    .updateTable('jobs')
    .set({ done, failed, per_second: perSecond, errors: storableJson(errors), beat_at: new Date() })
    .where('job_id', '=', jobId)
    .where('owner', '=', owner)
    .returningAll()
    .executeTakeFirst();
}

async function finish({ options, owner }: JobContext, job: JobRow, { done, failed }: Progress): Promise<void> {
  const { db, events, log } = options;
  const row = await db.transaction(async (tx) => {
    await tx.deleteFrom('job_items').where('job_id', '=', job.job_id).execute();
    return tx
      .updateTable('jobs')
      .set({ status: 'done', ended_at: new Date() })
      .where('job_id', '=', job.job_id)
      .where('owner', '=', owner)
      .where('status', '=', 'running')
      .returningAll()
      .executeTakeFirst();
  });
  if (row) events.emit({ kind: 'job', data: jobView(row) });
  log.info({ jobId: job.job_id, kind: job.request.kind, done, failed }, 'a job is done');
}
