import type { FlowCaller } from '@crossdock/api-contract';
import type { Database } from '../../store/index.ts';
import { activeFlows } from './active-flows.ts';
import { flowCalls } from './flow-calls.ts';

/** The nodes of other flows that run in an environment and call this one. */
export async function callersOf(
  db: Pick<Database, 'kysely'>,
  { env, flowId: called }: { env: string; flowId: string },
): Promise<FlowCaller[]> {
  const others = (await activeFlows(db, env)).filter(({ flow }) => flow.id !== called);
  return others.flatMap(({ flow, revision }) =>
    flowCalls(flow)
      .filter(({ flowId }) => flowId === called)
      .map(({ nodeId, nodeName }) => ({ flowId: flow.id, flowName: flow.name, nodeId, nodeName, revision })),
  );
}
