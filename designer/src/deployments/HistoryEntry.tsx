import type { Deployment } from '@crossdock/api-contract';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useChanges } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { ErrorState, formatExact, Skeleton } from '../ui/index.ts';
import { ChangeList } from './ChangeList.tsx';
import classes from './HistoryTab.module.css';
import { actionInWords, revisionInWords, stateInWords } from './history-words.ts';

const t = deploymentTexts.history;

/** One deployment in full: who made it and ended it, what it warned of, and what it changed, with the values. */
export function HistoryEntry({
  deployment,
  flowName,
  onClose,
}: {
  /** Undefined where the list does not hold it. */
  deployment: Deployment | undefined;
  flowName: string;
  onClose: () => void;
}) {
  return (
    <aside className={classes.entry} aria-label={deployment ? t.entryOf(deployment.revision, flowName) : t.notFound}>
      <header>
        <h2>{deployment ? `${flowName} ${revisionInWords(deployment)}` : t.notFound}</h2>
        <ActionIcon aria-label={t.close} onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </header>
      {deployment && <EntryBody deployment={deployment} />}
    </aside>
  );
}

function EntryBody({ deployment }: { deployment: Deployment }) {
  const { flowId, revision, since, env, deployedAt, deployedBy, endedAt, endedBy, warnings = [] } = deployment;
  const changes = useChanges(flowId, revision, since);
  const isEnd = deployment.action === 'undeploy';
  return (
    <>
      <p>
        {actionInWords(deployment)} {deploymentTexts.matrix.by(deployedBy)},{' '}
        {isEnd ? t.at(formatExact(deployedAt)) : t.ran(formatExact(deployedAt), endedAt && formatExact(endedAt))}.{' '}
        {!isEnd && endedBy !== undefined && `${t.ended(stateInWords(deployment), endedBy)}.`}
      </p>
      {warnings.length > 0 && (
        <ul className={classes.warnings}>
          {warnings.map(({ path, code, message }) => (
            <li key={`${path} ${code} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {isEnd ? null : since === undefined ? (
        <p className="cd-dim">{deploymentTexts.changes.first}</p>
      ) : since === revision ? (
        <p className="cd-dim">{deploymentTexts.changes.none}</p>
      ) : changes.error ? (
        <ErrorState error={changes.error} onRetry={() => void changes.refetch()} />
      ) : changes.data ? (
        <section aria-label={deploymentTexts.changes.title(since)}>
          <h3>{deploymentTexts.changes.title(since)}</h3>
          <ChangeList diff={changes.data} />
        </section>
      ) : (
        <Skeleton rows={4} />
      )}
      <div className={classes.links}>
        <Link to="/flows/$flowId" params={{ flowId }} className="cd-link">
          {t.openFlow}
        </Link>
        <Link to="/executions" search={{ flow: flowId, env }} className="cd-link">
          {deploymentTexts.actions.executions}
        </Link>
      </div>
    </>
  );
}
