import { WORKBENCH_ENV } from '@crossdock/api-contract';
import type { Selectable } from 'kysely';
import { namedConnections } from '../../connections/index.ts';
import type { EgressForesight } from '../../egress/index.ts';
import type { Database, Tables } from '../../store/index.ts';
import { readVariables } from '../environments/variables.ts';
import { activeFlows } from './active-flows.ts';
import { isCallable, type Surroundings } from './deployment-findings.ts';
import { hooksOf } from './hooks-of.ts';

/** What a flow meets in an environment, as it is now. */
export async function surroundingsOf(
  { kysely, refuses }: Pick<Database, 'kysely'> & { refuses: EgressForesight },
  { name: env, tone }: Selectable<Tables['environments']>,
  { flowId, confirmUnsigned = false }: { flowId: string; confirmUnsigned?: boolean | undefined },
): Promise<Surroundings> {
  const flows = (await activeFlows({ kysely }, env)).flatMap(({ flow }) => (flow.id === flowId ? [] : [flow]));
  const connections = await namedConnections(kysely, env);
  return {
    env,
    // What is tried on the workbench is not real.
    unsignedHooks: env === WORKBENCH_ENV ? 'free' : tone === 'red' && !confirmUnsigned ? 'refused' : 'warned',
    connection: (name) => connections.get(name),
    refuses: (origin) => refuses(env, origin),
    variables: await readVariables({ kysely }, env),
    hooks: flows.flatMap((flow) => hooksOf(flow).map(({ path, method }) => ({ path, method, flowId: flow.id }))),
    callable: new Set(flows.filter(isCallable).map(({ id }) => id)),
  };
}
