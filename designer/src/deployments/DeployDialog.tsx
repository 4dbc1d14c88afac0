import type { Deployment, Environment } from '@crossdock/api-contract';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, deploymentHistoryQuery, useDeploy, useFlows, useRevisions } from '../api/index.ts';
import { deploymentTexts, uiTexts } from '../texts/index.ts';
import { ErrorState, FormDialog, Skeleton } from '../ui/index.ts';
import classes from './DeployDialog.module.css';
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
  const [typed, setTyped] = useState('');
  const [unsigned, setUnsigned] = useState(false);
  const running = history.data?.find(({ status }) => status === 'active');
  const current = running?.revision;
  const revision = picked ?? revisions.data?.[0]?.revision;
  const mustType = environment.tone === 'red';
  const error = revisions.error ?? history.error;
  const loaded = revisions.data !== undefined && history.data !== undefined;
  const effect = !loaded || revision === undefined ? undefined : deploymentEffect({ revision, current, flowName, env });
  const hookIsUnsigned = deploy.error instanceof ApiError && deploy.error.code === 'FLOW_HOOK_UNSIGNED';
  const submit = () => {
    if (revision === undefined) return;
    if (running && revision === current) return onDone(running);
    deploy.mutate({ env, flowId, revision, ...(unsigned ? { confirmUnsigned: true } : {}) }, { onSuccess: onDone });
  };
  const isReady = effect?.changes
    ? (!mustType || typed.trim() === env) && (!hookIsUnsigned || unsigned)
    : effect !== undefined && showRunning !== undefined;
  // A refusal, and what was said to it, hold for that revision in that environment only.
  const startOver = () => {
    deploy.reset();
    setUnsigned(false);
    setTyped('');
  };
  return (
    <FormDialog
      title={t.title(flowName, env)}
      submit={(effect?.changes === false ? showRunning : undefined) ?? effect?.verb ?? deploymentTexts.matrix.deploy}
      busy={deploy.isPending}
      error={deploy.error}
      disabled={!isReady}
      onSubmit={submit}
      onClose={onClose}
      size={560}
    >
      <div className={classes.body} data-tone={environment.tone}>
        {environments.length > 0 && (
          <Select
            label={t.environment}
            data={environments.map(({ name, title }) => ({ value: name, label: title || name }))}
            value={env}
            allowDeselect={false}
            onChange={(name) => {
              if (name === null) return;
              setEnv(name);
              startOver();
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
            current={current}
            value={revision}
            onChange={(next) => {
              setPicked(next);
              startOver();
            }}
          />
        )}
        {effect && (
          <p className={classes.effect}>
            {effect.sentence} {isUnpublished && t.unpublished}
          </p>
        )}
        {hookIsUnsigned && (
          <Checkbox
            label={t.unsigned(env)}
            checked={unsigned}
            onChange={(event) => setUnsigned(event.currentTarget.checked)}
          />
        )}
        {mustType && effect?.changes && (
          <TextInput
            label={uiTexts.confirm.typeToConfirm(env)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </div>
    </FormDialog>
  );
}
