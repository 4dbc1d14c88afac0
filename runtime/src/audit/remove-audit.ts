import { sql } from 'kysely';
import type { Database } from '../store/index.ts';

/**
 * Removes rows older than `cutoff`, at most `limit`: the only way that any leaves. The table refuses every other deletion; this opens it for its own
 * transaction, for older rows only. Gives how many went.
 */
export async function removeAuditBefore(db: Database, cutoff: Date, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    await sql`select set_config('crossdock.audit_cutoff', ${cutoff.toISOString()}, true)`.execute(tx);
    const { numDeletedRows } = await tx
      .deleteFrom('audit')
      .where('number', 'in', (query) =>
        query.selectFrom('audit').select('number').where('at', '<', cutoff).orderBy('number').limit(limit),
      )
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  });
}
