import type { Deployment, Environment, FlowRow } from '@crossdock/api-contract';
import { Button, TextInput } from '@mantine/core';
import { IconRocket, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useEnvironments, useFlows, useLastDeployments } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { type Column, DataTable, EmptyState, EnvironmentChip, ErrorState, Skeleton } from '../ui/index.ts';
import { activeOf } from './active-of.ts';
import classes from './DeploymentsPage.module.css';
import cellClasses from './MatrixCell.module.css';
import { MatrixCell } from './MatrixCell.tsx';
import { type Move, MoveDialog } from './MoveDialog.tsx';

const t = deploymentTexts.matrix;

/** One row for each flow, one column for each environment. */
export function Matrix({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const environments = useEnvironments();
  const flows = useFlows();
  const names = useMemo(() => (environments.data ?? []).map(({ name }) => name), [environments.data]);
  const deployments = useLastDeployments(names);
  const [move, setMove] = useState<Move>();
  const last = useMemo(() => byFlowAndEnvironment(deployments.flatMap(({ data }) => data ?? [])), [deployments]);
  const columns = useMemo(
    () =>
      matrixColumns(environments.data ?? [], (flow, environment, next) => (
        <MatrixCell
          flow={flow}
          environment={environment}
          last={last.get(`${flow.id} ${environment.name}`)}
          next={next && { environment: next, deployment: activeOf(last.get(`${flow.id} ${next.name}`)) }}
          onMove={setMove}
        />
      )),
    [environments.data, last],
  );
  const shown = (flows.data ?? []).filter(({ id, name }) =>
    `${id} ${name}`.toLowerCase().includes(query.toLowerCase()),
  );
  const failed = environments.error ?? flows.error ?? deployments.find(({ error }) => error)?.error;
  const retry = () =>
    void Promise.all([environments.refetch(), flows.refetch(), ...deployments.map(({ refetch }) => refetch())]);

  if (failed) return <ErrorState error={failed} onRetry={retry} />;
  if (!environments.data || !flows.data) return <Skeleton rows={8} />;
  return (
    <>
      <search className={classes.bar}>
        <TextInput
          type="search"
          aria-label={t.search}
          placeholder={t.searchPlaceholder}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
          w={280}
        />
      </search>
      {flows.data.length === 0 ? (
        <EmptyState
          icon={IconRocket}
          title={t.noneTitle}
          detail={t.noneDetail}
          action={
            <Button component={Link} to="/flows">
              {t.noneAction}
            </Button>
          }
        />
      ) : (
        <DataTable label={t.label} columns={columns} rows={shown} rowKey={(flow) => flow.id} rowPx={56} />
      )}
      {move && <MoveDialog move={move} onClose={() => setMove(undefined)} />}
    </>
  );
}

function matrixColumns(
  environments: readonly Environment[],
  cell: (flow: FlowRow, environment: Environment, next: Environment | undefined) => ReactNode,
): Column<FlowRow>[] {
  return [
    {
      id: 'flow',
      header: t.flow,
      width: 'minmax(220px, 1.4fr)',
      cell: (flow) => (
        <Link to="/flows/$flowId" params={{ flowId: flow.id }} className={cellClasses.flow}>
          <strong>{flow.name}</strong>
          <span>{flow.latestRevision === null ? t.notPublished : flow.id}</span>
        </Link>
      ),
    },
    ...environments.map((environment, at) => ({
      id: environment.name,
      header: <EnvironmentChip name={environment.name} tone={environment.tone} />,
      width: 'minmax(200px, 1fr)',
      cell: (flow: FlowRow) => cell(flow, environment, environments[at + 1]),
    })),
  ];
}

function byFlowAndEnvironment(deployments: readonly Deployment[]): ReadonlyMap<string, Deployment> {
  return new Map(deployments.map((deployment) => [`${deployment.flowId} ${deployment.env}`, deployment]));
}
