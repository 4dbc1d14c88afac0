import type { CloudEvent } from '@crossdock/connector-sdk';
import { type StatusEntry, settleException, statusEntry } from '@crossdock/orders';
import type { ApiOptions } from '../api.ts';
import { type MetStatus, metStatus } from './unmapped-statuses.ts';

/** Each is a round trip to the bus. */
const AT_ONCE = 16;

/**
 * Settles what orders have open because of statuses of a system that its map has by now, under the name of who mapped them. An exception that
 * comes at the same moment may be missed: saving the map again settles it.
 */
export async function settleMapped(
  { db, bus }: Pick<ApiOptions, 'db' | 'bus'>,
  { env, system, entries, by }: { env: string; system: string; entries: readonly StatusEntry[]; by: string },
): Promise<void> {
  const isMapped = (met: MetStatus | undefined) => met?.system === system && statusEntry(entries, met) !== undefined;
  const open = await db.kysely
    .selectFrom('order_issues')
    .select(['order_id', 'issue_id'])
    .where('env', '=', env)
    .where('code', '=', 'STATUS_UNMAPPED')
    .where('kind', '=', 'exception')
    .execute();
  const mapped = open.filter(({ issue_id }) => isMapped(metStatus(issue_id)));
  for (let at = 0; at < mapped.length; at += AT_ONCE)
    await Promise.all(
      mapped.slice(at, at + AT_ONCE).map(async ({ order_id, issue_id: exceptionId }) => {
        const order = await db.kysely
          .selectFrom('orders')
          .select('state')
          .where('env', '=', env)
          .where('order_id', '=', order_id)
          .executeTakeFirst();
        const said = { exceptionId, by, at: new Date(), reason: 'The status is mapped by now.' };
        const settled = order && settleException(order.state, said);
        // Somebody else settled it meanwhile.
        if (!settled || 'problem' in settled) return;
        const { event } = settled;
        await bus.events.emit(env, event.partitionkey, event as unknown as CloudEvent);
      }),
    );
}
