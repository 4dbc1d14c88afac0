import type { ChannelUse, ConnectionUse } from '@crossdock/api-contract';
import { parseFlow } from '@crossdock/flow-model';
import type { Kysely } from 'kysely';
import { activeRevisions, type Tables } from '../store/index.ts';

/** Nodes by the connection that they name, as `<env>/<name>`: in every draft, and in the active revisions of that environment. */
export type ConnectionUses = ReadonlyMap<string, readonly ConnectionUse[]>;

export const useKey = (env: string, name: string): string => `${env}/${name}`;

/** Reads who names which connection. A draft that names one counts in every environment: it may be deployed there. */
export async function readConnectionUses(kysely: Kysely<Tables>, envs: readonly string[]): Promise<ConnectionUses> {
  const uses = new Map<string, ConnectionUse[]>();
  if (envs.length === 0) return uses;
  const active = await activeRevisions(kysely)
    .where('env', 'in', envs)
    .where('document', 'like', '%"connection"%')
    .execute();
  const drafts = await kysely
    .selectFrom('flows')
    .select('document')
    .where('document', 'like', '%"connection"%')
    .orderBy('flow_id')
    .execute();
  for (const { env, revision, document } of active) add(env, document, revision);
  for (const { document } of drafts) for (const env of envs) add(env, document, null);
  return uses;

  function add(env: string, document: string, revision: number | null): void {
    const flow = parseFlow(document);
    for (const node of flow.nodes) {
      if (node.connection === undefined) continue;
      const key = useKey(env, node.connection);
      const known = uses.get(key) ?? [];
      const isKnown = known.some(({ flowId, nodeId }) => flowId === flow.id && nodeId === node.id);
      const use = { flowId: flow.id, flowName: flow.name, nodeId: node.id, nodeName: node.name ?? node.id, revision };
      if (!isKnown) uses.set(key, [...known, use]);
    }
  }
}

/** Alarm channels by the connection that they send by, as `<env>/<name>`; there are few. */
export async function readChannelUses(kysely: Kysely<Tables>): Promise<ReadonlyMap<string, readonly ChannelUse[]>> {
  const all = await kysely
    .selectFrom('alarm_channels')
    .select(['channel_id', 'name', 'target'])
    .orderBy('name')
    .execute();
  const byConnection = Map.groupBy(all, ({ target }) => useKey(target.env, target.connection));
  return new Map(
    [...byConnection].map(([key, rows]) => [key, rows.map(({ channel_id: channelId, name }) => ({ channelId, name }))]),
  );
}

/** How many flows these nodes belong to. */
export const flowsIn = (uses: readonly ConnectionUse[] = []): number => new Set(uses.map(({ flowId }) => flowId)).size;
