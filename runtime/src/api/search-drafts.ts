import type { FlowHits } from '@crossdock/api-contract';
import { parseFlow, searchFlow } from '@crossdock/flow-model';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../store/index.ts';

export const DEFAULT_HITS = 50;
/** How many drafts are read at once: each may be some hundred kB. */
const AT_ONCE = 50;

/** Places in all drafts that hold a text; the database leaves out drafts that do not hold it anywhere. */
export async function searchDrafts(kysely: Kysely<Tables>, q: string, limit: number): Promise<FlowHits> {
  const wanted = q.trim();
  const items: FlowHits['items'] = [];
  let after = '';
  while (wanted !== '' && items.length <= limit) {
    const rows = await kysely
      .selectFrom('flows')
      .select(['flow_id', 'name', 'document'])
      .where('flow_id', '>', after)
      .where(sql<boolean>`position(lower(${asWritten(wanted)}) in lower(document)) > 0`)
      .orderBy('flow_id')
      .limit(AT_ONCE)
      .execute();
    for (const { flow_id: flowId, name: flowName, document } of rows)
      items.push(...searchFlow(parseFlow(document), wanted).map((hit) => ({ flowId, flowName, ...hit })));
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) break;
    after = last.flow_id;
  }
  return { items: items.slice(0, limit), more: items.length > limit };
}

/** The text as it stands in a JSON document. */
function asWritten(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
