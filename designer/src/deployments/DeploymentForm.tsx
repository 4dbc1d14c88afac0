import type { DeploymentCheck, Environment } from '@crossdock/api-contract';
import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ApiError, useDeploymentCheck } from '../api/index.ts';
import { deploymentTexts, uiTexts } from '../texts/index.ts';
import { ErrorState, FormDialog, Skeleton } from '../ui/index.ts';
import classes from './DeployDialog.module.css';
import { DeploymentPreview } from './DeploymentPreview.tsx';

const t = deploymentTexts;
const UNSIGNED = 'FLOW_HOOK_UNSIGNED';

/**
 * The dialog of every deployment: the effect, what it meets and changes, and the button, which stays off while something is in the way. Unsigned
 * hooks in production are confirmed here.
 */
export function DeploymentForm({
  title,
  verb,
  effect,
  environment,
  flowId,
  revision,
  isChange,
  mustType,
  isReady = true,
  confirmsUnsigned = true,
  busy,
  error,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  verb: string;
  effect: ReactNode;
  environment: Environment;
  flowId: string;
  revision: number | undefined;
  /** The revision does not run there yet. */
  isChange: boolean;
  /** The environment's name is to be typed first. */
  mustType: boolean;
  isReady?: boolean;
  /** Off where the API takes unsigned hooks for confirmed. */
  confirmsUnsigned?: boolean;
  busy: boolean;
  error: unknown;
  onSubmit: (answers: { confirmUnsigned?: true }) => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const env = environment.name;
  const check = useDeploymentCheck(env, flowId, isChange ? revision : undefined);
  // What was said holds for that revision in that environment only.
  const about = `${env} ${revision}`;
  const [said, setSaid] = useState({ about, typed: '', unsigned: false });
  const { typed, unsigned } = said.about === about ? said : { typed: '', unsigned: false };
  const found = check.data && (confirmsUnsigned ? check.data : unsignedConfirmed(check.data));
  const errors = (isChange ? (found?.issues ?? []) : []).filter(({ severity }) => severity === 'error');
  const isUnsigned =
    errors.some(({ code }) => code === UNSIGNED) || (error instanceof ApiError && error.code === UNSIGNED);
  const isBlocked = errors.some(({ code }) => code !== UNSIGNED);
  const isChecked = !isChange || check.data !== undefined || check.error !== null;
  const isSaid = (!mustType || typed.trim() === env) && (!isUnsigned || unsigned);
  return (
    <FormDialog
      title={title}
      submit={verb}
      busy={busy}
      error={error}
      disabled={!isReady || !isChecked || isBlocked || !isSaid}
      onSubmit={() => onSubmit(unsigned ? { confirmUnsigned: true } : {})}
      onClose={onClose}
      size={640}
      environment={environment}
    >
      {children}
      {effect && <p className={classes.effect}>{effect}</p>}
      {isChange &&
        revision !== undefined &&
        (found ? (
          <DeploymentPreview check={found} />
        ) : check.error ? (
          <ErrorState error={check.error} onRetry={() => void check.refetch()} />
        ) : (
          <Skeleton rows={3} />
        ))}
      {isUnsigned && (
        <Checkbox
          label={t.deploy.unsigned(env)}
          checked={unsigned}
          onChange={(event) => setSaid({ about, typed, unsigned: event.currentTarget.checked })}
        />
      )}
      {mustType && isChange && (
        <TextInput
          label={uiTexts.confirm.typeToConfirm(env)}
          value={typed}
          onChange={(event) => setSaid({ about, unsigned, typed: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </FormDialog>
  );
}

/** Unsigned hooks that were confirmed once stand in nobody's way. */
function unsignedConfirmed(check: DeploymentCheck): DeploymentCheck {
  const issues = check.issues.map((issue) =>
    issue.code === UNSIGNED ? { ...issue, severity: 'warning' as const } : issue,
  );
  return { ...check, issues };
}
