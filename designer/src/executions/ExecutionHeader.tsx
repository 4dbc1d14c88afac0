import type { ExecutionDetail } from '@crossdock/api-contract';
import { Link } from '@tanstack/react-router';
import { useEnvironments, useFlows } from '../api/index.ts';
import { executionTexts } from '../texts/index.ts';
import { CopyId, EnvironmentChip, RelativeTime, StatusBadge } from '../ui/index.ts';
import { businessKeys } from './business-keys.ts';
import { DoubtPanel } from './DoubtPanel.tsx';
import { ErrorCause } from './ErrorCause.tsx';
import classes from './ExecutionHeader.module.css';
import { Duration } from './execution-columns.tsx';
import { Fact } from './Fact.tsx';
import { Family } from './Family.tsx';
import { shownStatus } from './story.ts';
import { WaitPanel } from './WaitPanel.tsx';

const t = executionTexts.page;

/** The execution at a glance: status, whose order it is, which revision ran, when, how long, and why it failed. */
export function ExecutionHeader({
  execution,
  nodeName,
}: {
  execution: ExecutionDetail;
  nodeName: (nodeId: string) => string;
}) {
  const flowName = useFlows().data?.find(({ id }) => id === execution.flowId)?.name ?? execution.flowId;
  const tone = useEnvironments().data?.find(({ name }) => name === execution.env)?.tone ?? 'neutral';
  return (
    <header className={classes.header}>
      <div className={classes.facts}>
        <StatusBadge status={shownStatus(execution)} />
        <Fact label={t.flow}>
          <Link to="/flows/$flowId" params={{ flowId: execution.flowId }} className="cd-link" title={execution.flowId}>
            {flowName}
          </Link>{' '}
          <span className="cd-dim">{executionTexts.revisionLong(execution.revision)}</span>
        </Fact>
        <EnvironmentChip name={execution.env} tone={tone} />
        {businessKeys(execution.keys).map(([name, values]) =>
          values.map((value) => (
            <Fact key={`${name} ${value}`} label={name}>
              <CopyId value={value} what={name} />
            </Fact>
          )),
        )}
        <Fact label={t.started}>
          <RelativeTime iso={execution.startedAt} />
        </Fact>
        <Fact label={t.duration}>
          <span className="cd-num">
            <Duration row={execution} />
          </span>
        </Fact>
        <Fact label={t.attempts}>
          <span className="cd-num">{execution.attempts}</span>
        </Fact>
        <Family execution={execution} />
      </div>
      <DoubtPanel execution={execution} nodeName={nodeName} />
      <WaitPanel execution={execution} nodeName={nodeName} />
      {execution.error && (
        <ErrorCause error={execution.error} node={execution.error.nodeId && nodeName(execution.error.nodeId)} />
      )}
    </header>
  );
}
