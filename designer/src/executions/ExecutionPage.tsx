import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { isUnfinished, useExecution, useMay } from '../api/index.ts';
import { ReplayDialog } from '../replay/ReplayDialog.tsx';
import { executionTexts, repairTexts } from '../texts/index.ts';
import { CopyId, NotRead, notifyDone, PageBar } from '../ui/index.ts';
import { keyLine } from './business-keys.ts';
import { ExecutionActions } from './ExecutionActions.tsx';
import { ExecutionHeader } from './ExecutionHeader.tsx';
import classes from './ExecutionPage.module.css';
import { KeepMenu } from './KeepMenu.tsx';
import { PayloadPane } from './PayloadPane.tsx';
import { StoryPane } from './StoryPane.tsx';
import { firstStep, tellStory } from './story.ts';
import { TraceCanvas } from './TraceCanvas.tsx';
import { useNodeNames } from './use-node-names.ts';

const t = executionTexts.page;
const route = getRouteApi('/frame/executions/$executionId');

/** One execution: its story, the flow with it laid over, and what every step got and gave. */
export function ExecutionPage() {
  const { executionId } = route.useParams();
  const { span: wanted, view, dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: execution, error, refetch } = useExecution(executionId);
  const mayReplay = useMay('executions:replay', execution?.env);
  const steps = useMemo(() => (execution ? tellStory(execution) : []), [execution]);
  const selected = steps.find(({ span }) => span.spanId === wanted) ?? firstStep(steps);
  const select = (spanId: string) =>
    void navigate({ search: (now) => ({ ...now, span: spanId }), replace: true, resetScroll: false });
  const showReplay = (open: boolean) =>
    void navigate({
      search: ({ dialog: _dialog, ...now }) => (open ? { ...now, dialog: 'replay' as const } : now),
      replace: true,
    });
  const nodeName = useNodeNames(execution);
  const bar = (
    <PageBar
      title={execution ? keyLine(execution.keys) || executionId : executionTexts.title}
      crumbs={[
        { label: executionTexts.title, link: { to: '/executions' } },
        {
          label: (
            <CopyId value={executionId} shown={`${executionId.slice(0, 8)}…${executionId.slice(-6)}`} what={t.id} />
          ),
        },
      ]}
    >
      {execution && !isUnfinished(execution.status) && <KeepMenu execution={execution} />}
      {execution && <ExecutionActions execution={execution} onReplay={() => showReplay(true)} />}
    </PageBar>
  );

  if (!execution)
    return (
      <>
        {bar}
        <NotRead
          error={error}
          onRetry={() => void refetch()}
          missing={{
            title: t.notFoundTitle,
            detail: t.notFoundDetail(executionId),
            action: (
              <Button component={Link} to="/executions">
                {t.toList}
              </Button>
            ),
          }}
        />
      </>
    );

  return (
    <>
      {bar}
      <div className={classes.page}>
        <ExecutionHeader execution={execution} nodeName={nodeName} />
        <StoryPane
          execution={execution}
          steps={steps}
          nodeName={nodeName}
          selectedId={selected?.span.spanId}
          onSelect={select}
        />
        <TraceCanvas
          execution={execution}
          selectedNodeId={selected?.span.nodeId}
          onSelectNode={(nodeId) => {
            const step = steps.findLast(({ span }) => span.nodeId === nodeId);
            if (step) select(step.span.spanId);
          }}
        />
        <PayloadPane
          executionId={executionId}
          span={selected?.span}
          said={execution.error}
          view={view}
          onViewChange={(next) => void navigate({ search: (now) => ({ ...now, view: next }), replace: true })}
        />
      </div>
      {dialog === 'replay' && mayReplay && !isUnfinished(execution.status) && (
        <ReplayDialog
          execution={execution}
          nodeName={nodeName}
          onReplayed={(id) => {
            notifyDone(repairTexts.replay.started);
            void navigate({
              to: '/executions/$executionId',
              params: { executionId: id },
              search: ({ env }) => (env ? { env } : {}),
            });
          }}
          onClose={() => showReplay(false)}
        />
      )}
    </>
  );
}
