import type { BulkRepair } from '@crossdock/api-contract';
import { isFlowError } from '@crossdock/errors';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ApiOptions } from '../api.ts';
import { readOriginal } from '../replay/original.ts';
import { prepareReplay, type WantedReplay } from '../replay/prepare-replay.ts';

/** So many of the newest are tried one by one; what they come to stands for the others. */
const MAX_TRIED = 1_000;

/** Counts the dead letters that are meant, and how many of them can still be replayed: each is prepared as a replay would be, and dropped. */
export async function countReplayable(
  options: ApiOptions,
  {
    meant,
    signal,
    ...wanted
  }: Pick<WantedReplay, 'from' | 'revision' | 'effects'> & { meant: RawBuilder<SqlBool>; signal: AbortSignal },
): Promise<BulkRepair> {
  const { kysely } = options.db;
  const { count } = await kysely
    .selectFrom('dead_letters')
    .select(sql<number>`count(*)::int`.as('count'))
    .where(meant)
    .executeTakeFirstOrThrow();
  const tried = await kysely
    .selectFrom('dead_letters')
    .select('execution_id')
    .where(meant)
    .orderBy('failed_at', 'desc')
    .limit(MAX_TRIED)
    .execute();
  let fit = 0;
  for (const { execution_id: id } of tried) {
    signal.throwIfAborted();
    if (await canReplay(options, id, wanted)) fit++;
  }
  const willRun = tried.length === count ? fit : Math.round((count * fit) / tried.length);
  return { jobId: null, count, willRun, skipped: count - willRun };
}

async function canReplay(
  options: ApiOptions,
  executionId: string,
  wanted: Pick<WantedReplay, 'from' | 'revision' | 'effects'>,
): Promise<boolean> {
  const original = await readOriginal(options, executionId);
  if (!original) return false;
  try {
    await prepareReplay(options, original, wanted);
    return true;
  } catch (error) {
    if (isFlowError(error) && error.row.http < 500) return false;
    throw error;
  }
}
