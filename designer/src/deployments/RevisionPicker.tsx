import type { Deployment, Revision } from '@crossdock/api-contract';
import { deploymentTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import classes from './DeployDialog.module.css';

const t = deploymentTexts.deploy;

/** The revisions of a flow, newest first, with who published them and what ran here before. */
export function RevisionPicker({
  revisions,
  history,
  current,
  value,
  onChange,
}: {
  revisions: readonly Revision[];
  history: readonly Deployment[];
  current: number | undefined;
  value: number | undefined;
  onChange: (revision: number) => void;
}) {
  const before = new Set(history.map(({ revision }) => revision));
  return (
    <div className={classes.revisions} role="radiogroup" aria-label={t.pick}>
      {revisions.map(({ revision, message, author, createdAt }, at) => (
        <label key={revision} className={classes.revision}>
          <input
            type="radio"
            name="revision"
            aria-label={`r${revision}`}
            checked={revision === value}
            onChange={() => onChange(revision)}
          />
          <strong className="cd-num">r{revision}</strong>
          <span className={classes.message}>
            <span>{message || <span className="cd-dim">{t.noMessage}</span>}</span>
            <small>
              <RelativeTime iso={createdAt} /> {t.by(author)}
            </small>
          </span>
          <span className={classes.mark} data-current={revision === current || undefined}>
            {revision === current ? t.current : before.has(revision) ? t.wasDeployed : at === 0 ? t.newest : ''}
          </span>
        </label>
      ))}
    </div>
  );
}
