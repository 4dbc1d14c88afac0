import { Button } from '@mantine/core';
import { IconActivity, IconFilterOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ExecutionFilter, useExecutions, useFlows } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { type Change, changedSearch, timeBounds, useWords } from '../filters/index.ts';
import { executionTexts, filterTexts } from '../texts/index.ts';
import { DataTable, EmptyState, ErrorState, PageBar, Skeleton } from '../ui/index.ts';
import classes from './ExecutionListPage.module.css';
import { executionColumns, executionName } from './execution-columns.tsx';
import type { ExecutionSearch } from './execution-search.ts';
import { FilterBar } from './FilterBar.tsx';

const t = executionTexts.list;
const route = getRouteApi('/frame/executions');

/** Every execution, newest first, narrowed by what stands in the address and the words beside it. */
export function ExecutionListPage() {
  const { env: _env, ...address } = route.useSearch();
  const words = useWords();
  const search: ExecutionSearch = { ...address, ...words };
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
  const set = (change: Change<ExecutionSearch>) => void navigate({ ...changedSearch(words, change), replace: true });
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
            title={filterTexts.noMatchTitle}
            detail={filterTexts.noMatchDetail}
            action={<Button onClick={clear}>{filterTexts.clear}</Button>}
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

/** The API's filter for an address. A preset range is counted back from when it was chosen. */
function useFilter(search: ExecutionSearch, environment: string): ExecutionFilter {
  const { q, key, status, flow, scope, parent, range, from, to } = search;
  return useMemo(
    () =>
      dropEmpty({
        // What an execution started is shown wherever it runs.
        env: scope === 'all' || parent ? undefined : environment,
        q: q?.trim(),
        key: key?.trim(),
        status,
        flowId: flow,
        parent,
        ...timeBounds(dropEmpty({ range, from, to }), Date.now()),
      }),
    [q, key, status, flow, scope, parent, range, from, to, environment],
  );
}
