import { type Flow, parseFlow } from '@crossdock/flow-model';
import type { Database } from '../../store/index.ts';

/** The flows that run in an environment, each as its active revision, by id. */
export async function activeFlows(
  { kysely }: Pick<Database, 'kysely'>,
  env: string,
): Promise<{ flow: Flow; revision: number }[]> {
  const rows = await kysely
    .selectFrom('deployments')
    .innerJoin('revisions', (join) =>
      join
        .onRef('revisions.flow_id', '=', 'deployments.flow_id')
        .onRef('revisions.revision', '=', 'deployments.revision'),
    )
    .select(['document', 'revisions.revision'])
    .where('env', '=', env)
    .where('status', '=', 'active')
    .orderBy('deployments.flow_id')
    .execute();
  return rows.map(({ document, revision }) => ({ flow: parseFlow(document), revision }));
}
