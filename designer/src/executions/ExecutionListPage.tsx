import { Button } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ExecutionFilter, useExecutions, useFlows } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { type Change, changedSearch, FilteredList, timeBounds, useWords } from '../filters/index.ts';
import { executionTexts } from '../texts/index.ts';
import { DataTable, ListPage } from '../ui/index.ts';
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
  const query = useExecutions(filter);
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
    <ListPage title={executionTexts.title}>
      <FilterBar search={search} set={set} clear={clear} narrowed={narrowed} />
      <FilteredList
        query={query}
        skeletonRows={16}
        narrowed={narrowed}
        onClear={clear}
        none={{
          icon: IconActivity,
          title: t.noneTitle(filter.env),
          detail: t.noneDetail,
          action: (
            <Button component={Link} to="/deployments">
              {t.noneAction}
            </Button>
          ),
        }}
      >
        {(rows, more) => (
          <DataTable
            label={t.label}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.executionId}
            rowName={executionName}
            rowLink={(row) => ({ to: '/executions/$executionId', params: { executionId: row.executionId } })}
            more={more}
          />
        )}
      </FilteredList>
    </ListPage>
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
