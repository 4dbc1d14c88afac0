import type { Deployment, Environment } from '@crossdock/api-contract';
import { useRollback } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { DeploymentForm } from './DeploymentForm.tsx';
import { deploymentEffect } from './deployment-effect.ts';

/** Goes back to what ran before: whoever does that is in a hurry, so nothing is to be typed, and what was confirmed then holds. */
export function RollbackDialog({
  flowId,
  flowName,
  current,
  rollbackTo,
  environment,
  onDone,
  onClose,
}: {
  flowId: string;
  flowName: string;
  /** The revision that runs now; undefined where it was undeployed. */
  current: number | undefined;
  rollbackTo: number;
  environment: Environment;
  onDone: (deployment: Deployment) => void;
  onClose: () => void;
}) {
  const rollback = useRollback();
  const env = environment.name;
  return (
    <DeploymentForm
      title={deploymentTexts.rollBack.title(flowName, env)}
      verb={deploymentTexts.deploy.rollBackVerb(rollbackTo)}
      effect={deploymentEffect({ revision: rollbackTo, current, flowName, env }).sentence}
      environment={environment}
      flowId={flowId}
      revision={rollbackTo}
      isChange
      mustType={false}
      confirmsUnsigned={false}
      busy={rollback.isPending}
      error={rollback.error}
      onSubmit={() => rollback.mutate({ env, flowId }, { onSuccess: onDone })}
      onClose={onClose}
    />
  );
}
