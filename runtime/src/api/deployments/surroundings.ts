import { WORKBENCH_ENV } from '@crossdock/api-contract';
import type { Bus } from '@crossdock/bus';
import { parseFlow } from '@crossdock/flow-model';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../store/index.ts';
import { readVariables } from '../environments/variables.ts';
import { isCallable, type Surroundings } from './deployment-findings.ts';
import { hooksOf } from './hooks-of.ts';

/** What a flow meets in an environment, as it is now. */
export async function surroundingsOf(
  { kysely, registry }: Pick<Database, 'kysely'> & Pick<Bus, 'registry'>,
  { name: env, tone }: Selectable<Tables['environments']>,
  { flowId, confirmUnsigned = false }: { flowId: string; confirmUnsigned?: boolean | undefined },
): Promise<Surroundings> {
  const others = await kysely
    .selectFrom('deployments')
    .innerJoin('revisions', (join) =>
      join
        .onRef('revisions.flow_id', '=', 'deployments.flow_id')
        .onRef('revisions.revision', '=', 'deployments.revision'),
    )
    .select('document')
    .where('env', '=', env)
    .where('status', '=', 'active')
    .where('deployments.flow_id', '<>', flowId)
    .execute();
  const flows = others.map(({ document }) => parseFlow(document));
  return {
    env,
    // What is tried on the workbench is not real.
    unsignedHooks: env === WORKBENCH_ENV ? 'free' : tone === 'red' && !confirmUnsigned ? 'refused' : 'warned',
    connectionType: (name) => registry.connection(env, name)?.type,
    variables: await readVariables({ kysely }, env),
    hooks: flows.flatMap((flow) => hooksOf(flow).map(({ path, method }) => ({ path, method, flowId: flow.id }))),
    callable: new Set(flows.filter(isCallable).map(({ id }) => id)),
  };
}
