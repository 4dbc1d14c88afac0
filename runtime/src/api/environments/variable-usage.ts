import type { VariableUse } from '@crossdock/api-contract';
import { type Flow, parseFlow } from '@crossdock/flow-model';
import { fieldsOfVariable } from '@crossdock/mapping';
import type { Database } from '../../store/index.ts';
import { activeFlows } from '../deployments/active-flows.ts';
import { flowExpressions } from '../deployments/flow-expressions.ts';

/** Who reads which variable: what runs in the environment, and drafts where they read what that does not. By name, then by flow. */
export async function readVariableUses(db: Pick<Database, 'kysely'>, env: string): Promise<VariableUse[]> {
  const drafts = await db.kysely
    .selectFrom('flows')
    .select('document')
    .where('document', 'like', '%$vars%')
    .orderBy('flow_id')
    .execute();
  const uses = new Map<string, VariableUse>();
  for (const use of [
    ...(await activeFlows(db, env)).flatMap(({ flow, revision }) => usesOf(flow, revision)),
    ...drafts.flatMap(({ document }) => usesOf(parseFlow(document), null)),
  ]) {
    const key = JSON.stringify([use.name, use.flowId, use.nodeId]);
    const known = uses.get(key);
    if (!known) uses.set(key, use);
    else if (known.revision === use.revision) uses.set(key, { ...known, isNeeded: known.isNeeded || use.isNeeded });
  }
  return [...uses.values()].sort((a, b) => compare(a.name, b.name) || compare(a.flowName, b.flowName));
}

function usesOf(flow: Flow, revision: number | null): VariableUse[] {
  return flowExpressions(flow).flatMap(({ source, nodeId = null }) =>
    fieldsOfVariable(source, 'vars').map(({ name, mayBeMissing }) => ({
      ...{ name, flowId: flow.id, flowName: flow.name, nodeId, revision, isNeeded: !mayBeMissing },
      nodeName: nodeId === null ? null : (flow.nodes.find(({ id }) => id === nodeId)?.name ?? nodeId),
    })),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
