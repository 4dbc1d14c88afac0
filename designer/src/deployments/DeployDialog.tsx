import type { Deployment, Environment } from '@crossdock/api-contract';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deploymentHistoryQuery, useDeploy, useFlows, useRevisions } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { ErrorState, Skeleton } from '../ui/index.ts';
import { DeploymentForm } from './DeploymentForm.tsx';
import { deploymentEffect } from './deployment-effect.ts';
import { RevisionPicker } from './RevisionPicker.tsx';

const t = deploymentTexts.deploy;

/**
 * Makes a revision active in an environment, newest offered first; an earlier one is a roll-back. Says what will happen,
 * and where it is production asks for its name to be typed.
 */
export function DeployDialog({
  flowId,
  flowName,
  environment: first,
  environments = [],
  showRunning,
  onDone,
  onClose,
}: {
  flowId: string;
  flowName: string;
  /** Where to deploy, at first where `environments` offers a choice. */
  environment: Environment;
  environments?: readonly Environment[];
  /** The button for a revision that runs there already, which gives its deployment to `onDone`; without it there is none. */
  showRunning?: string;
  /** Told once the revision is live; the dialog leaves closing to it. */
  onDone: (deployment: Deployment) => void;
  onClose: () => void;
}) {
  const [env, setEnv] = useState(first.name);
  const environment = environments.find(({ name }) => name === env) ?? first;
  const revisions = useRevisions(flowId);
  const history = useQuery(deploymentHistoryQuery(env, flowId));
  const isUnpublished = useFlows().data?.find(({ id }) => id === flowId)?.unpublished ?? false;
  const deploy = useDeploy();
  const [picked, setPicked] = useState<number>();
  const running = history.data?.find(({ status }) => status === 'active');
  const revision = picked ?? revisions.data?.[0]?.revision;
  const error = revisions.error ?? history.error;
  const loaded = revisions.data !== undefined && history.data !== undefined;
  const effect =
    !loaded || revision === undefined
      ? undefined
      : deploymentEffect({ revision, current: running?.revision, flowName, env });
  return (
    <DeploymentForm
      title={t.title(flowName, env)}
      verb={(effect?.changes === false ? showRunning : undefined) ?? effect?.verb ?? deploymentTexts.matrix.deploy}
      effect={effect && `${effect.sentence} ${isUnpublished ? t.unpublished : ''}`}
      environment={environment}
      flowId={flowId}
      revision={revision}
      isChange={effect?.changes === true}
      mustType={environment.tone === 'red'}
      isReady={effect !== undefined && (effect.changes || showRunning !== undefined)}
      busy={deploy.isPending}
      error={deploy.error}
      onSubmit={(answers) => {
        if (revision === undefined) return;
        if (running && revision === running.revision) return onDone(running);
        deploy.mutate({ env, flowId, revision, ...answers }, { onSuccess: onDone });
      }}
      onClose={onClose}
    >
      {environments.length > 0 && (
        <Select
          label={t.environment}
          data={environments.map(({ name, title }) => ({ value: name, label: title || name }))}
          value={env}
          allowDeselect={false}
          onChange={(name) => {
            if (name === null) return;
            setEnv(name);
            deploy.reset();
          }}
        />
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([revisions.refetch(), history.refetch()])} />
      ) : !loaded ? (
        <Skeleton rows={4} />
      ) : revisions.data.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <RevisionPicker
          revisions={revisions.data}
          history={history.data}
          current={running?.revision}
          value={revision}
          onChange={(next) => {
            setPicked(next);
            deploy.reset();
          }}
        />
      )}
    </DeploymentForm>
  );
}
