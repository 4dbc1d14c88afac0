import type { Deployment, FlowRow } from '@crossdock/api-contract';
import { Select } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useDeploymentLog, useFlows } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { deploymentTexts } from '../texts/index.ts';
import { type Column, DataTable, EmptyState, ErrorState, RelativeTime, Segments, Skeleton } from '../ui/index.ts';
import { changesInWords } from './change-words.ts';
import { HistoryEntry } from './HistoryEntry.tsx';
import classes from './HistoryTab.module.css';
import { actionInWords, revisionInWords, stateInWords } from './history-words.ts';

const t = deploymentTexts.history;

/** What ever ran in an environment: who, when, which revision, what it changed. An entry opens beside the list. */
export function HistoryTab({
  flow,
  entry,
  onFlow,
  onEntry,
}: {
  flow: string | undefined;
  entry: string | undefined;
  onFlow: (flowId: string | undefined) => void;
  onEntry: (deploymentId: string | undefined) => void;
}) {
  const { environment, environments, choose } = useEnvironment();
  const env = environment.name;
  const flows = useFlows().data;
  const log = useDeploymentLog(env, flow);
  const rows = useMemo(() => log.data?.pages.flatMap(({ items }) => items) ?? [], [log.data]);
  const columns = useMemo(() => historyColumns(flows ?? []), [flows]);
  const opened = rows.find(({ deploymentId }) => deploymentId === entry);
  return (
    <>
      <search className={classes.bar}>
        <Segments
          label={t.environment}
          value={env}
          onChange={choose}
          options={environments.map(({ name }) => ({ value: name, label: name }))}
        />
        <Select
          aria-label={t.flow}
          placeholder={t.allFlows}
          data={(flows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={flow ?? null}
          onChange={(next) => onFlow(next ?? undefined)}
          clearable
          searchable
          w={280}
        />
      </search>
      {log.error ? (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} />
      ) : log.isPending ? (
        <Skeleton rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState icon={IconHistory} title={t.none(env)} detail={t.noneDetail} />
      ) : (
        <div className={classes.split}>
          <DataTable
            label={t.label(env)}
            columns={columns}
            rows={rows}
            rowKey={({ deploymentId }) => deploymentId}
            rowLink={({ deploymentId }) => ({
              to: '/deployments',
              search: (now) => ({ ...now, entry: deploymentId }),
            })}
            rowName={({ revision, flowId }) => t.entryOf(revision, nameOf(flows ?? [], flowId))}
            rowPx={40}
            more={{
              hasMore: log.hasNextPage,
              loading: log.isFetchingNextPage,
              load: () => void log.fetchNextPage(),
            }}
          />
          {entry !== undefined && (
            <HistoryEntry
              deployment={opened}
              flowName={opened ? nameOf(flows ?? [], opened.flowId) : ''}
              onClose={() => onEntry(undefined)}
            />
          )}
        </div>
      )}
    </>
  );
}

function historyColumns(flows: readonly FlowRow[]): Column<Deployment>[] {
  return [
    {
      id: 'when',
      header: t.when,
      width: '120px',
      cell: ({ deployedAt }) => <RelativeTime iso={deployedAt} />,
    },
    { id: 'flow', header: t.flow, width: 'minmax(140px, 1fr)', cell: ({ flowId }) => nameOf(flows, flowId) },
    { id: 'what', header: t.what, width: '160px', cell: actionInWords },
    {
      id: 'revision',
      header: t.revision,
      width: '88px',
      cell: (row) => <span className="cd-num">{revisionInWords(row)}</span>,
    },
    { id: 'who', header: t.who, width: 'minmax(100px, 160px)', cell: ({ deployedBy }) => deployedBy },
    {
      id: 'changed',
      header: t.changed,
      width: 'minmax(160px, 2fr)',
      from: 800,
      cell: ({ changes }) => <span className="cd-dim">{changes ? changesInWords(changes) : ''}</span>,
    },
    { id: 'state', header: t.state, width: '112px', from: 640, cell: stateInWords },
  ];
}

function nameOf(flows: readonly FlowRow[], flowId: string): string {
  return flows.find(({ id }) => id === flowId)?.name ?? flowId;
}
