import type { Environment } from '@crossdock/api-contract';
import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, deploymentHistoryQuery, useDeploy, useRevisions } from '../api/index.ts';
import { deploymentTexts, uiTexts } from '../texts/index.ts';
import { ErrorState, FormDialog, notifyDone, Skeleton } from '../ui/index.ts';
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
  environment,
  firstRevision,
  onClose,
}: {
  flowId: string;
  flowName: string;
  environment: Environment;
  /** Offered at first; default the newest. */
  firstRevision?: number;
  onClose: () => void;
}) {
  const env = environment.name;
  const revisions = useRevisions(flowId);
  const history = useQuery(deploymentHistoryQuery(env, flowId));
  const deploy = useDeploy();
  const [picked, setPicked] = useState(firstRevision);
  const [typed, setTyped] = useState('');
  const [unsigned, setUnsigned] = useState(false);
  const current = history.data?.find(({ status }) => status === 'active')?.revision;
  const revision = picked ?? revisions.data?.[0]?.revision;
  const mustType = environment.tone === 'red';
  const error = revisions.error ?? history.error;
  const loaded = revisions.data !== undefined && history.data !== undefined;
  const effect = revision === undefined ? undefined : deploymentEffect({ revision, current, flowName, env });
  const hookIsUnsigned = deploy.error instanceof ApiError && deploy.error.code === 'FLOW_HOOK_UNSIGNED';
  const submit = () => {
    if (revision === undefined) return;
    deploy.mutate(
      { env, flowId, revision, ...(unsigned ? { confirmUnsigned: true } : {}) },
      {
        onSuccess: ({ warnings = [] }) => {
          const said = warnings.map(({ message }) => message).join(' ');
          notifyDone(
            t.done(flowName, revision, env) + (warnings.length > 0 ? ` ${t.warnings(warnings.length)} ${said}` : ''),
          );
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t.title(flowName, env)}
      submit={effect?.verb ?? deploymentTexts.matrix.deploy}
      busy={deploy.isPending}
      error={deploy.error}
      disabled={!loaded || !effect?.changes || (mustType && typed.trim() !== env) || (hookIsUnsigned && !unsigned)}
      onSubmit={submit}
      onClose={onClose}
      size={560}
    >
      <div className={classes.body} data-tone={environment.tone}>
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
            onChange={setPicked}
          />
        )}
        {loaded && effect && <p className={classes.effect}>{effect.sentence}</p>}
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
