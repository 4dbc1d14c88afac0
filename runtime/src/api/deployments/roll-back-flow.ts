import { FlowError } from '@crossdock/errors';
import type { RecordChange } from '../../audit/index.ts';
import { lockEnvironment } from '../environments/environment-rows.ts';
import { type DeploymentMeans, type DoneDeployment, deployWithin } from './deploy-revision.ts';
import { latestDeployment, rollbackTarget } from './deployment-rows.ts';

/**
 * Makes the revision active again that ran before, see `rollbackTarget`. Hooks that were confirmed then need no second word. Throws
 * `API_NOTHING_BEFORE`, and what `deployRevision` throws.
 */
export function rollBackFlow(
  means: DeploymentMeans,
  wanted: { env: string; flowId: string; by: string; confirmUnsigned?: boolean; record: RecordChange },
): Promise<DoneDeployment> {
  const { env, flowId } = wanted;
  return means.db.transaction(async (tx) => {
    await lockEnvironment(tx, env);
    const latest = await latestDeployment({ kysely: tx }, env, flowId);
    const target = latest && (await rollbackTarget({ kysely: tx }, latest));
    if (!target) {
      const reason = latest ? `revision ${latest.revision} is the first that ran there` : 'it never ran there';
      throw new FlowError('API_NOTHING_BEFORE', { details: { flowId, env, reason } });
    }
    const wasConfirmed = target.warnings.some(({ code }) => code === 'FLOW_HOOK_UNSIGNED');
    return deployWithin(tx, means, {
      ...wanted,
      revision: target.revision,
      action: 'rollback',
      rollsBackTo: target.rolls_back_to,
      confirmUnsigned: wanted.confirmUnsigned === true || wasConfirmed,
    });
  });
}
