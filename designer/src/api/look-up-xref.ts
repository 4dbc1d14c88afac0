import { WORKBENCH_ENV } from '@crossdock/api-contract';
import type { CrossReferenceQuery } from '@crossdock/mapping';
import { request } from './client.ts';
import { keys } from './keys.ts';
import { queryClient } from './query-client.ts';

const MOST = 200;

/** Looks up what a mapping asks for while it is drawn: in the environment in which drafts are tried, as a run on trial does. */
export function lookUpXref({ entity, system, id, toSystem }: CrossReferenceQuery): Promise<string[]> {
  return queryClient.fetchQuery({
    queryKey: [...keys.xrefs, WORKBENCH_ENV, 'look-up', entity, system, id, toSystem],
    queryFn: async ({ signal }) => {
      const query = { entity, system, q: id, limit: MOST };
      const { items } = await request('listCrossReferences', { params: { env: WORKBENCH_ENV }, query, signal });
      const thing = items.find(({ ids }) => ids.some((one) => one.system === system && one.id === id));
      return thing?.ids.filter((one) => one.system === toSystem).map((one) => one.id) ?? [];
    },
  });
}
