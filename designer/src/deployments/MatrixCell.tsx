import type { Deployment, Environment, FlowRow } from '@crossdock/api-contract';
import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconActivity,
  IconArrowBackUp,
  IconArrowRight,
  IconDots,
  IconHistory,
  IconPlayerStop,
  IconRocket,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMay, useUndeploy } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone } from '../ui/index.ts';
import { activeOf } from './active-of.ts';
import { Running, Undeployed } from './DeploymentState.tsx';
import classes from './MatrixCell.module.css';
import type { Move } from './MoveDialog.tsx';
import { UndeployEffect } from './UndeployEffect.tsx';

const t = deploymentTexts;

/** What of a flow runs in an environment: revision, since when, by whom; and what can be done about it. */
export function MatrixCell({
  flow,
  environment,
  last,
  next,
  onMove,
}: {
  flow: FlowRow;
  environment: Environment;
  /** What runs there, or ran last; undefined where nothing ever did. */
  last: Deployment | undefined;
  /** The environment that flows are promoted to from here, with what runs there. */
  next: { environment: Environment; deployment: Deployment | undefined } | undefined;
  onMove: (move: Move) => void;
}) {
  const mayDeployNext = useMay('flows:deploy', next?.environment.name);
  const navigate = useNavigate();
  const undeploy = useUndeploy();
  const env = environment.name;
  const mayDeploy = useMay('flows:deploy', env);
  if (!last)
    return mayDeploy && flow.latestRevision !== null ? (
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconRocket size={14} aria-hidden />}
        className={classes.deploy}
        aria-label={t.matrix.deployTo(flow.name, env)}
        onClick={() => onMove({ kind: 'deploy', flow, environment })}
      >
        {t.matrix.deploy}
      </Button>
    ) : (
      <span className={classes.nothing}>–</span>
    );
  const deployment = activeOf(last);
  const { rollbackTo } = last;
  const mayPromote =
    mayDeployNext &&
    next !== undefined &&
    deployment !== undefined &&
    next.deployment?.revision !== deployment.revision;
  const confirmUndeploy = () =>
    askToConfirm({
      title: t.undeploy.title(flow.name, env),
      effect: <UndeployEffect flowId={flow.id} flowName={flow.name} env={env} />,
      verb: t.undeploy.verb,
      tone: 'red',
      environment,
      ...(environment.tone === 'red' ? { typed: env } : {}),
      run: async () => {
        await undeploy.mutateAsync({ env, flowId: flow.id });
        notifyDone(t.undeploy.done(flow.name, env));
      },
    });
  return (
    <div className={classes.cell}>
      {deployment ? <Running flow={flow} deployment={deployment} /> : <Undeployed last={last} />}
      <Menu position="bottom-end" width={224}>
        <Menu.Target>
          <ActionIcon aria-label={t.matrix.actionsIn(flow.name, env)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayDeploy && (
            <Menu.Item
              leftSection={<IconRocket size={16} aria-hidden />}
              onClick={() => onMove({ kind: 'deploy', flow, environment })}
            >
              {deployment ? t.actions.change : t.matrix.deploy}
            </Menu.Item>
          )}
          {mayPromote && next && (
            <Menu.Item
              leftSection={<IconArrowRight size={16} aria-hidden />}
              onClick={() =>
                onMove({
                  kind: 'promote',
                  flow,
                  environment: next.environment,
                  source: deployment,
                  current: next.deployment?.revision,
                })
              }
            >
              {t.actions.promote(deployment.revision, next.environment.name)}
            </Menu.Item>
          )}
          {mayDeploy && rollbackTo !== undefined && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => onMove({ kind: 'rollback', flow, environment, current: deployment?.revision, rollbackTo })}
            >
              {t.actions.rollBack(rollbackTo)}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconHistory size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/deployments', search: { tab: 'history', flow: flow.id, env } })}
          >
            {t.actions.history}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconActivity size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/executions', search: { flow: flow.id, env } })}
          >
            {t.actions.executions}
          </Menu.Item>
          {mayDeploy && deployment && (
            <Menu.Item color="red" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={confirmUndeploy}>
              {t.actions.undeploy}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
