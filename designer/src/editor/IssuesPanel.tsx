import type { Issue } from '@crossdock/flow-model';
import { UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconExclamationCircle,
} from '@tabler/icons-react';
import { useState } from 'react';
import { editorTexts } from '../texts/index.ts';
import { FileNotice } from './FileNotice.tsx';
import { LiveIn } from './LiveIn.tsx';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { nodeNameOf, placeOf } from './store/issues.ts';

const texts = editorTexts.issues;

/** Below the canvas: how many issues there are and, unfolded, each of them; a click goes to its field. */
export function IssuesPanel() {
  const { issues, store } = useEditorContext();
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const readOnly = useEditor((state) => state.readOnly);
  const [open, setOpen] = useState(false);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const isOpen = open && issues.length > 0;

  const goTo = (issue: Issue) => {
    const { jumpTo, select } = store.getState();
    if (issue.edgeId !== undefined && issue.nodeId === undefined)
      return select({ nodeIds: [], edgeIds: [issue.edgeId] });
    const { nodeId, tab, path } = placeOf(issue, flow, manifests);
    jumpTo(nodeId, tab, path, issue.position);
  };

  return (
    <section className="cd-issues" aria-label={texts.title}>
      {isOpen ? (
        <ul className="cd-issues-list">
          {issues.map((issue) => (
            <li key={`${issue.code} ${issue.path} ${issue.message}`}>
              <UnstyledButton className="cd-issue" onClick={() => goTo(issue)}>
                <SeverityIcon severity={issue.severity} />
                <span className="cd-issue-where">{nodeNameOf(issue.nodeId, flow, manifests) ?? texts.ofFlow}</span>
                <span className="cd-issue-text" title={issue.message}>
                  {issue.message}
                </span>
                <code className="cd-dim">{issue.code}</code>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="cd-issues-bar">
        <UnstyledButton
          className="cd-issues-toggle"
          data-testid="issues-toggle"
          disabled={issues.length === 0}
          aria-expanded={isOpen}
          onClick={() => setOpen(!open)}
        >
          {issues.length === 0 ? (
            <>
              <IconCircleCheck size={16} stroke={1.5} color="var(--cd-green)" aria-hidden /> {texts.none}
            </>
          ) : (
            <>
              <SeverityIcon severity={errors > 0 ? 'error' : 'warning'} />
              {texts.count(errors, issues.length - errors)}
              {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronUp size={14} aria-hidden />}
            </>
          )}
        </UnstyledButton>
        <span className="cd-issues-gap" />
        {readOnly ? null : <FileNotice />}
        <LiveIn />
      </div>
    </section>
  );
}

function SeverityIcon({ severity }: { severity: Issue['severity'] }) {
  return severity === 'error' ? (
    <IconExclamationCircle size={16} stroke={1.75} color="var(--cd-red)" aria-hidden />
  ) : (
    <IconAlertTriangle size={16} stroke={1.75} color="var(--cd-amber)" aria-hidden />
  );
}
