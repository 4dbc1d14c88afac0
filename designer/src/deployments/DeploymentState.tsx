import type { Deployment, FlowRow } from '@crossdock/api-contract';
import { deploymentTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import classes from './MatrixCell.module.css';

const t = deploymentTexts;

/** What runs of a flow, since when and by whom. */
export function Running({
  flow: { latestRevision },
  deployment: { revision, deployedAt, deployedBy },
}: {
  flow: FlowRow;
  deployment: Deployment;
}) {
  const newer = latestRevision !== null && latestRevision > revision;
  return (
    <span className={classes.text}>
      <span>
        <strong className="cd-num">r{revision}</strong>{' '}
        {newer && <span className={classes.newer}>{t.matrix.behind(latestRevision)}</span>}
      </span>
      <span className={classes.since}>
        <RelativeTime iso={deployedAt} /> {t.matrix.by(deployedBy)}
      </span>
    </span>
  );
}

/** What ran last, and who ended it when. */
export function Undeployed({ last: { revision, endedAt, endedBy } }: { last: Deployment }) {
  return (
    <span className={classes.text}>
      <span className={classes.since}>{t.matrix.undeployed(revision)}</span>
      {endedAt !== undefined && (
        <span className={classes.since}>
          <RelativeTime iso={endedAt} /> {endedBy !== undefined && t.matrix.by(endedBy)}
        </span>
      )}
    </span>
  );
}
