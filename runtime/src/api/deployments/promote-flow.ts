import { FlowError } from '@crossdock/errors';
import type { RecordChange } from '../../audit/index.ts';
import { environmentBefore, readEnvironment } from '../environments/environment-rows.ts';
import { type DeploymentMeans, type DoneDeployment, deployRevision } from './deploy-revision.ts';
import { latestDeployment } from './deployment-rows.ts';

/**
 * Makes the revision active that runs in another environment: `from`, or the one before this in their order. Throws `API_NOT_FOUND` where
 * nothing runs there, `API_BAD_REQUEST` where there is none before, and what `deployRevision` throws.
 */
export async function promoteFlow(
  means: DeploymentMeans,
  wanted: { env: string; flowId: string; from?: string; by: string; confirmUnsigned?: boolean; record: RecordChange },
): Promise<DoneDeployment> {
  const { db } = means;
  const { env, flowId } = wanted;
  const { name: from } =
    wanted.from === undefined ? await environmentBefore(db, env) : await readEnvironment(db, wanted.from);
  if (from === env)
    throw new FlowError('API_BAD_REQUEST', {
      details: {
        path: 'field "from"',
        reason: `is "${env}" itself; name the environment that the revision comes from`,
      },
    });
  const source = await latestDeployment(db, from, flowId);
  if (source?.status !== 'active')
    throw new FlowError('API_NOT_FOUND', { details: { what: 'deployment', id: `${from}/${flowId}` } });
  return deployRevision(means, { ...wanted, revision: source.revision, action: 'promote', from });
}
