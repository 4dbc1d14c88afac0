import { fieldAt } from '@crossdock/flow-model';
import { ApiError, explain } from '../api/index.ts';
import { uiTexts } from '../texts/index.ts';
import classes from './ProblemNote.module.css';

const SHOWN_ISSUES = 8;

/** A refusal, inside the form or dialog it concerns: sentence, what to do, issues, code. */
export function ProblemNote({ error }: { error: unknown }) {
  const { message, fix, code } = explain(error);
  const issues = error instanceof ApiError ? error.issues : [];
  return (
    <div className={classes.note} role="alert">
      <span>
        {message} {fix}
      </span>
      {issues.length > 0 && (
        <ul className={classes.issues}>
          {issues.slice(0, SHOWN_ISSUES).map((issue) => (
            <li key={`${issue.path} ${issue.code} ${issue.message}`}>
              {issue.message} <code>{fieldAt(issue.path)}</code>
            </li>
          ))}
        </ul>
      )}
      <code>{uiTexts.code(code)}</code>
    </div>
  );
}
