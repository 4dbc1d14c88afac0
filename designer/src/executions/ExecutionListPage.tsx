import { Button } from '@mantine/core';
import { IconActivity, IconFilterOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ExecutionFilter, useExecutions, useFlows } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { executionTexts } from '../texts/index.ts';
import { DataTable, EmptyState, ErrorState, PageBar, Skeleton } from '../ui/index.ts';
import classes from './ExecutionListPage.module.css';
import { executionColumns, executionName } from './execution-columns.tsx';
import { type ExecutionSearch, RANGES } from './execution-search.ts';
import { FilterBar } from './FilterBar.tsx';

const t = executionTexts.list;
const route = getRouteApi('/frame/executions');
const MINUTE_MS = 60_000;

/** Every execution, newest first, narrowed by what stands in the address. */
export function ExecutionListPage() {
  const { env: _env, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const { environment } = useEnvironment();
  const filter = useFilter(search, environment.name);
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useExecutions(filter);
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const { data: flows } = useFlows();
  const columns = useMemo(() => {
    const names = new Map(flows?.map(({ id, name }) => [id, name]));
    return executionColumns({
      showEnvironment: search.scope === 'all',
      // A deleted flow is still known by its id.
      flowName: (flowId) => names.get(flowId) ?? flowId,
    });
  }, [search.scope, flows]);
  const narrowed = Object.keys(search).some((name) => name !== 'scope');
  const set = (change: Partial<ExecutionSearch>) =>
    void navigate({ search: (now) => dropEmpty({ ...now, ...change }), replace: true });
  const clear = () => void navigate({ search: ({ env }) => (env ? { env } : {}) });

  return (
    <>
      <PageBar title={executionTexts.title} crumbs={[{ label: executionTexts.title }]} />
      <div className={classes.page}>
        <FilterBar search={search} set={set} clear={clear} narrowed={narrowed} />
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : isPending ? (
          <Skeleton rows={16} />
        ) : rows.length > 0 ? (
          <DataTable
            label={t.label}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.executionId}
            rowName={executionName}
            rowLink={(row) => ({ to: '/executions/$executionId', params: { executionId: row.executionId } })}
            more={{ hasMore: hasNextPage, loading: isFetchingNextPage, load: fetchNextPage }}
          />
        ) : narrowed ? (
          <EmptyState
            icon={IconFilterOff}
            title={t.noMatchTitle}
            detail={t.noMatchDetail}
            action={<Button onClick={clear}>{t.clear}</Button>}
          />
        ) : (
          <EmptyState
            icon={IconActivity}
            title={t.noneTitle(filter.env)}
            detail={t.noneDetail}
            action={
              <Button component={Link} to="/deployments">
                {t.noneAction}
              </Button>
            }
          />
        )}
      </div>
    </>
  );
}

/** The API's filter for an address. A preset range is counted back from when it was chosen, to the minute. */
function useFilter(search: ExecutionSearch, environment: string): ExecutionFilter {
  const { q, key, status, flow, scope, range, from, to } = search;
  return useMemo(() => {
    const now = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const start = from ?? (range && !to ? new Date(now - RANGES[range] * MINUTE_MS).toISOString() : undefined);
    return dropEmpty({
      env: scope === 'all' ? undefined : environment,
      q: q?.trim(),
      key: key?.trim(),
      status,
      flowId: flow,
      from: start,
      to,
    });
  }, [q, key, status, flow, scope, range, from, to, environment]);
}

function dropEmpty<Fields extends object>(fields: Fields): { [K in keyof Fields]?: NonNullable<Fields[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof Fields]?: NonNullable<Fields[K]>;
  };
}
