import type { HookRefusal, HookRefusals } from '@crossdock/api-contract';
import { sql } from 'kysely';
import type { Database } from '../store/index.ts';
import type { SlotRange } from './figures.ts';
import { slotStart } from './slots.ts';

interface RefusalRow {
  env: string;
  flow_id: string;
  node_id: string;
  reason: string;
  minute: Date;
  count: number;
}

/** What hooks refused since a moment, summed over the processes that counted. */
export function readRefusals(
  { kysely }: Pick<Database, 'kysely'>,
  { env, flowId, from }: { env?: string | null | undefined; flowId?: string | null; from: Date },
): Promise<RefusalRow[]> {
  let query = kysely
    .selectFrom('hook_refusals')
    .select(['env', 'flow_id', 'node_id', 'reason', 'minute', sql<number>`sum(count)::integer`.as('count')])
    .where('minute', '>=', from)
    .groupBy(['env', 'flow_id', 'node_id', 'reason', 'minute']);
  if (typeof env === 'string') query = query.where('env', '=', env);
  if (typeof flowId === 'string') query = query.where('flow_id', '=', flowId);
  return query.execute();
}

/** How often each reason was one, most first. */
export function reasonsIn(rows: readonly Pick<RefusalRow, 'reason' | 'count'>[]): HookRefusals['reasons'] {
  const counts = new Map<string, number>();
  for (const { reason, count } of rows) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts]
    .map(([reason, count]) => ({ reason: reason as HookRefusal, count }))
    .sort((a, b) => b.count - a.count);
}

/** Sums refusals up by hook, over a range and its slots; the hook with most first. */
export function refusalsOf(
  rows: readonly RefusalRow[],
  { from, slots, slotMs }: SlotRange,
  flowName: (flowId: string) => string,
): HookRefusals[] {
  const byHook = Map.groupBy(rows, ({ env, flow_id, node_id }) => JSON.stringify([env, flow_id, node_id]));
  return [...byHook.values()]
    .flatMap((own): HookRefusals[] => {
      const [{ env, flow_id: flowId, node_id: nodeId }] = own as [RefusalRow];
      const bySlot = new Map<number, number>();
      for (const { minute, count } of own) {
        const start = slotStart(minute.getTime(), slotMs);
        bySlot.set(start, (bySlot.get(start) ?? 0) + count);
      }
      const series = Array.from({ length: slots }, (_, index) => {
        const at = from + index * slotMs;
        return { at: new Date(at).toISOString(), count: bySlot.get(at) ?? 0 };
      });
      const count = own.reduce((sum, row) => sum + row.count, 0);
      return [{ flowId, env, name: flowName(flowId), nodeId, count, reasons: reasonsIn(own), series }];
    })
    .sort((a, b) => b.count - a.count);
}
