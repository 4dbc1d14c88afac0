import type { Kysely } from 'kysely';
import type { Tables } from '../store/index.ts';

/** Since when no alarm leaves this installation; null while they are sent. */
export async function alarmsPausedSince(db: Kysely<Tables>): Promise<Date | null> {
  const row = await db.selectFrom('installation').select('alarms_paused_at').executeTakeFirstOrThrow();
  return row.alarms_paused_at;
}

export async function pauseAlarms(db: Kysely<Tables>, at: Date): Promise<void> {
  await db.updateTable('installation').set({ alarms_paused_at: at }).execute();
}

/** Gives since when they were paused; null when they were not. */
export async function resumeAlarms(db: Kysely<Tables>): Promise<Date | null> {
  const { alarms_paused_at } = await db
    .selectFrom('installation')
    .select('alarms_paused_at')
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (alarms_paused_at !== null) await db.updateTable('installation').set({ alarms_paused_at: null }).execute();
  return alarms_paused_at;
}
