import { REFUSALS_KEPT_MS, SLOT_KEPT_MS } from '../health/slots.ts';
import type { Database } from '../store/index.ts';

const ALARMS_KEPT_MS = 90 * 86_400_000;

/** Removes slots and refusals that no range shows any more, and alarms and deliveries that are long over. */
export async function sweepHealth({ kysely }: Pick<Database, 'kysely'>, now: number): Promise<void> {
  for (const [slotMs, keptMs] of SLOT_KEPT_MS)
    await kysely
      .deleteFrom('health_slots')
      .where('slot_ms', '=', slotMs)
      .where('slot', '<', new Date(now - keptMs))
      .execute();
  await kysely
    .deleteFrom('hook_refusals')
    .where('minute', '<', new Date(now - REFUSALS_KEPT_MS))
    .execute();
  const before = new Date(now - ALARMS_KEPT_MS);
  await kysely.deleteFrom('alarms').where('state', '=', 'resolved').where('resolved_at', '<', before).execute();
  await kysely.deleteFrom('alarm_deliveries').where('ended_at', '<', before).execute();
}
