import { type Flow, parseFlow } from '@crossdock/flow-model';
import { activeRevisions, type Database } from '../../store/index.ts';

/** The flows that run in an environment, each as its active revision, by id. */
export async function activeFlows(
  { kysely }: Pick<Database, 'kysely'>,
  env: string,
): Promise<{ flow: Flow; revision: number }[]> {
  const rows = await activeRevisions(kysely).where('env', '=', env).execute();
  return rows.map(({ document, revision }) => ({ flow: parseFlow(document), revision }));
}
