import type { Deployment, Environment } from '@crossdock/api-contract';
import { usePromote } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { DeploymentForm } from './DeploymentForm.tsx';

const t = deploymentTexts.promote;

/** Makes the revision that runs in one environment active in the next one. */
export function PromoteDialog({
  flowName,
  source: { flowId, revision, env: from },
  current,
  environment,
  onDone,
  onClose,
}: {
  flowName: string;
  /** What runs where it comes from. */
  source: Deployment;
  /** The revision that it replaces, if any. */
  current: number | undefined;
  environment: Environment;
  onDone: (deployment: Deployment) => void;
  onClose: () => void;
}) {
  const promote = usePromote();
  const env = environment.name;
  return (
    <DeploymentForm
      title={t.title(flowName, env)}
      verb={t.verb(revision)}
      effect={t.effect(revision, flowName, from, env) + (current === undefined ? '' : t.replaces(current))}
      environment={environment}
      flowId={flowId}
      revision={revision}
      isChange
      mustType={environment.tone === 'red'}
      busy={promote.isPending}
      error={promote.error}
      onSubmit={(answers) => promote.mutate({ env, flowId, from, ...answers }, { onSuccess: onDone })}
      onClose={onClose}
    />
  );
}
