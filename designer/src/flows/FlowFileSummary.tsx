import { fieldAt, type Issue } from '@crossdock/flow-model';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { sentence } from '../api/index.ts';
import { flowTexts, uiTexts } from '../texts/index.ts';
import classes from './FlowFileSummary.module.css';
import type { FlowFile } from './read-flow-file.ts';

const t = flowTexts.import;

/** What a flow file holds, and its issues with where they are. */
export function FlowFileSummary({ file }: { file: FlowFile }) {
  if (file.kind === 'unreadable')
    return (
      <div className={classes.bad} role="alert">
        <strong>{t.unreadable}</strong>
        <p>
          {sentence(file.message)} <code>{uiTexts.code(file.code)}</code>
        </p>
        <IssueList issues={file.issues} />
      </div>
    );
  const { flow, issues } = file;
  const errors = issues.filter(({ severity }) => severity === 'error');
  return (
    <div className={classes.summary}>
      <strong>{flow.name}</strong> <code>{flow.id}</code>
      <span className="cd-dim">{t.summary(flow.nodes.length, flow.edges.length)}</span>
      {flow.description && <p className="cd-dim">{flow.description}</p>}
      {errors.length === 0 ? (
        <p className={classes.sound}>
          <IconCircleCheck size={16} aria-hidden /> {t.sound}
        </p>
      ) : (
        <p className={classes.unsound}>
          <IconAlertTriangle size={16} aria-hidden /> {t.issues(errors.length)}
        </p>
      )}
      <IssueList issues={issues} />
    </div>
  );
}

function IssueList({ issues }: { issues: readonly Issue[] }) {
  if (issues.length === 0) return null;
  return (
    <ul className={classes.issues}>
      {issues.map((issue) => (
        <li key={`${issue.path} ${issue.code} ${issue.message}`} data-severity={issue.severity}>
          {sentence(issue.message)} <code>{fieldAt(issue.path)}</code>
        </li>
      ))}
    </ul>
  );
}
