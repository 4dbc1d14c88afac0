import type { DeadLetterFilter } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconRepeat } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useDeadLetters, useMay, useRetention } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { type Change, changedSearch, useWords } from '../filters/index.ts';
import { useFlowNames } from '../flows/use-flow-names.ts';
import { ReplayManyDialog } from '../replay/ReplayManyDialog.tsx';
import { exceptionTexts } from '../texts/index.ts';
import { DeadLetterFilters } from './ExceptionFilters.tsx';
import { ExceptionList } from './ExceptionList.tsx';
import { deadLetterColumns, deadLetterName } from './exception-columns.tsx';
import { type DeadLetterSearch, deadLetterFilter, isNarrowed } from './exception-search.ts';

const t = exceptionTexts.deadLetters;
const route = getRouteApi('/frame/exceptions/dead-letters');

/** Executions that failed for good, newest first, and their replay, one by one or all that the filter finds. */
export function DeadLettersTab() {
  const { env: _env, ...where } = route.useSearch();
  const words = useWords();
  const search: DeadLetterSearch = { ...where, ...words };
  const navigate = route.useNavigate();
  const { environment } = useEnvironment();
  const mayReplay = useMay('executions:replay', search.scope === 'all' ? undefined : environment.name);
  const address = JSON.stringify(search);
  // Its time is counted back from when the address changed.
  const filter = useMemo(
    () => deadLetterFilter(JSON.parse(address) as DeadLetterSearch, environment.name, Date.now()),
    [address, environment.name],
  );
  const query = useDeadLetters(filter);
  const keptDays = useRetention(environment.name).data?.deadLetterDays;
  const isNothingOpen = search.state === undefined && isEmpty(query.data);
  const replayed = useDeadLetters({ ...filter, state: 'replayed' }, isNothingOpen);
  const isAllReplayed = isNothingOpen && replayed.data !== undefined && !isEmpty(replayed.data);
  const flowName = useFlowNames();
  const columns = useMemo(
    () =>
      deadLetterColumns({
        showEnvironment: search.scope === 'all',
        showReplay: search.state !== undefined,
        flowName,
      }),
    [search.scope, search.state, flowName],
  );
  const [replaying, setReplaying] = useState<DeadLetterFilter>();
  const set = (change: Change<DeadLetterSearch>) => void navigate({ ...changedSearch(words, change), replace: true });
  const clear = () => void navigate({ search: ({ env }) => (env ? { env } : {}) });

  return (
    <>
      <DeadLetterFilters search={search} set={set} clear={clear} />
      <ExceptionList
        label={t.label}
        query={isNothingOpen && replayed.isPending ? replayed : query}
        columns={columns}
        rowKey={({ executionId }) => executionId}
        rowName={deadLetterName}
        act={
          mayReplay
            ? {
                icon: IconRepeat,
                all: t.replayAll,
                some: t.replaySelected,
                onStart: (ids) => setReplaying({ ...filter, ...(ids ? { executionIds: [...ids] } : {}) }),
              }
            : undefined
        }
        narrowed={isNarrowed(search) && !isAllReplayed}
        onClear={clear}
        none={
          isAllReplayed
            ? {
                icon: IconCircleCheck,
                title: t.replayedTitle(filter.env, isNarrowed(search)),
                detail: t.replayedDetail,
                action: <Button onClick={() => set({ state: 'replayed' })}>{t.showReplayed}</Button>,
              }
            : {
                icon: IconCircleCheck,
                title: t.noneTitle(filter.env),
                // Environments differ in how long they keep what failed.
                detail: t.noneDetail(filter.env === undefined ? undefined : keptDays),
              }
        }
      />
      {replaying && (
        <ReplayManyDialog
          filter={replaying}
          environment={search.scope === 'all' ? undefined : environment}
          onClose={() => setReplaying(undefined)}
        />
      )}
    </>
  );
}

function isEmpty(data: { pages: readonly { items: readonly unknown[] }[] } | undefined): boolean {
  return data?.pages.every(({ items }) => items.length === 0) === true;
}
