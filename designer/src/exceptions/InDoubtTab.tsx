import type { InDoubtFilter } from '@crossdock/api-contract';
import { IconGavel, IconZoomQuestion } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useInDoubt, useMay } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { useEnvironment } from '../app/use-environment.ts';
import type { Change } from '../filters/index.ts';
import { useFlowNames } from '../flows/use-flow-names.ts';
import { exceptionTexts } from '../texts/index.ts';
import { DecideManyDialog } from './DecideManyDialog.tsx';
import { InDoubtFilters } from './ExceptionFilters.tsx';
import { ExceptionList } from './ExceptionList.tsx';
import { inDoubtColumns, inDoubtName } from './exception-columns.tsx';
import { type InDoubtSearch, inDoubtFilter, isNarrowed } from './exception-search.ts';

const t = exceptionTexts.inDoubt;
const route = getRouteApi('/frame/exceptions/in-doubt');

/** Calls of which only a person can say how they ended, oldest first. */
export function InDoubtTab() {
  const { env: _env, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const { environment } = useEnvironment();
  const mayResolve = useMay('executions:resolve');
  const address = JSON.stringify(search);
  // Its time is counted back from when the address changed.
  const filter = useMemo(
    () => inDoubtFilter(JSON.parse(address) as InDoubtSearch, environment.name, Date.now()),
    [address, environment.name],
  );
  const query = useInDoubt(filter);
  const flowName = useFlowNames();
  const columns = useMemo(
    () => inDoubtColumns({ showEnvironment: search.scope === 'all', flowName }),
    [search.scope, flowName],
  );
  const [deciding, setDeciding] = useState<InDoubtFilter>();
  const set = (change: Change<InDoubtSearch>) =>
    void navigate({ search: (now) => dropEmpty({ ...now, ...change }), replace: true });
  const clear = () => void navigate({ search: ({ env }) => (env ? { env } : {}) });

  return (
    <>
      <InDoubtFilters search={search} set={set} clear={clear} />
      <ExceptionList
        label={t.label}
        query={query}
        columns={columns}
        rowKey={({ executionId, nodeId, iteration }) => `${executionId} ${nodeId} ${iteration}`}
        rowName={inDoubtName}
        act={
          mayResolve
            ? {
                icon: IconGavel,
                all: t.decideAll,
                some: t.decideSelected,
                onStart: (ids) => setDeciding({ ...filter, ...(ids ? { executionIds: [...ids] } : {}) }),
              }
            : undefined
        }
        narrowed={isNarrowed(search)}
        onClear={clear}
        none={{ icon: IconZoomQuestion, title: t.noneTitle(filter.env), detail: t.noneDetail }}
      />
      {deciding && (
        <DecideManyDialog
          filter={deciding}
          environment={search.scope === 'all' ? undefined : environment}
          onClose={() => setDeciding(undefined)}
        />
      )}
    </>
  );
}
