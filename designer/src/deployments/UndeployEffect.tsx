import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useDeploymentCallers } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { ProblemNote, Skeleton } from '../ui/index.ts';
import classes from './UndeployEffect.module.css';

const t = deploymentTexts.undeploy;

/** What undeploying comes to: what stops, and by name the flows whose calls fail from then on. */
export function UndeployEffect({ flowId, flowName, env }: { flowId: string; flowName: string; env: string }) {
  const { data: callers, error } = useDeploymentCallers(env, flowId);
  return (
    <>
      <p>{t.effect(flowName, env)}</p>
      {error ? (
        <ProblemNote error={error} />
      ) : !callers ? (
        <Skeleton rows={1} />
      ) : (
        callers.length > 0 && (
          <Alert color="yellow" icon={<IconAlertTriangle size={16} aria-hidden />} title={t.callersTitle(env)}>
            <ul className={classes.callers} aria-label={t.callersTitle(env)}>
              {callers.map(({ flowId: caller, flowName: name, nodeId, nodeName, revision }) => (
                <li key={`${caller} ${nodeId}`}>{t.caller(name, revision, nodeName)}</li>
              ))}
            </ul>
            {t.callersFix}
          </Alert>
        )
      )}
    </>
  );
}
