import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Claims a piece of housekeeping for `forMs`, by the database's clock: true for the one process that has it now, again and again as long as it asks in time.
 * When that one is gone, the next to ask has it.
 */
export async function takeTurn(
  { kysely }: Pick<Database, 'kysely'>,
  { name, owner, forMs }: { name: string; owner: string; forMs: number },
): Promise<boolean> {
  const { rows } = await sql`insert into turns (name, owner, until)
    values (${name}, ${owner}, now() + ${forMs} * interval '1 millisecond')
    on conflict (name) do update set owner = excluded.owner, until = excluded.until
    where turns.owner = excluded.owner or turns.until < now() returning name`.execute(kysely);
  return rows.length > 0;
}

/** Leaves it to the next process at once. */
export async function leaveTurn(
  { kysely }: Pick<Database, 'kysely'>,
  { name, owner }: { name: string; owner: string },
): Promise<void> {
  await kysely.deleteFrom('turns').where('name', '=', name).where('owner', '=', owner).execute();
}
