import type { DeploymentCheck } from '@crossdock/api-contract';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { revisionQuery, useNodeTypes } from '../api/index.ts';
import { deploymentTexts, egressTexts } from '../texts/index.ts';
import { ChangeList } from './ChangeList.tsx';
import classes from './DeploymentPreview.module.css';
import { placeWords } from './place-words.ts';

const t = deploymentTexts;

/** What a deployment would meet, by name, and what it would change; errors first. */
export function DeploymentPreview({ check }: { check: DeploymentCheck }) {
  const { issues, changes, since, env, flowId, revision } = check;
  const flow = useQuery(revisionQuery(flowId, revision)).data;
  const { data: nodeTypes } = useNodeTypes();
  const nodeOf = (nodeId: string) => {
    const node = flow?.nodes.find(({ id }) => id === nodeId);
    return { name: node?.name ?? nodeId, config: nodeTypes?.find(({ type }) => type === node?.type)?.config };
  };
  const sorted = issues.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  const needsVariables = issues.some(({ code }) => code === 'CONFIG_VARIABLE_MISSING');
  const needsConnections = issues.some(({ code }) => /^CONFIG_(CONNECTION|CREDENTIALS)_/.test(code));
  const needsHosts = issues.some(({ code }) => code === 'CONFIG_EGRESS_BLOCKED');
  return (
    <div className={classes.preview} data-testid="deployment-preview">
      {issues.length === 0 ? (
        <p className={classes.clear}>
          <IconCircleCheck size={16} aria-hidden /> {t.preview.clear}
        </p>
      ) : (
        <ul className={classes.issues} aria-label={t.preview.checking}>
          {sorted.map(({ code, severity, path, nodeId, message }) => (
            <li key={`${path} ${code} ${message}`} data-severity={severity}>
              {severity === 'error' ? (
                <IconCircleX size={16} aria-hidden />
              ) : (
                <IconAlertTriangle size={16} aria-hidden />
              )}
              <span>
                {message} <code>{placeWords(path, nodeId === undefined ? undefined : nodeOf(nodeId))}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
      {(needsVariables || needsConnections || needsHosts) && (
        <span className={classes.links}>
          {needsVariables && (
            <Link to="/deployments" search={{ tab: 'variables', env }} className="cd-link">
              {t.preview.setVariables(env)}
            </Link>
          )}
          {needsConnections && (
            <Link to="/connections" search={{ env }} className="cd-link">
              {t.preview.setConnections(env)}
            </Link>
          )}
          {needsHosts && (
            <Link to="/connections" search={{ tab: 'private-hosts', env }} className="cd-link">
              {egressTexts.link(env)}
            </Link>
          )}
        </span>
      )}
      {since === undefined ? (
        <p className="cd-dim">{t.changes.first}</p>
      ) : (
        changes && (
          <section aria-label={t.changes.title(since)}>
            <h3 className={classes.head}>{t.changes.title(since)}</h3>
            <ChangeList diff={changes} />
          </section>
        )
      )}
    </div>
  );
}
