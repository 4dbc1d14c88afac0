import { Button } from '@mantine/core';
import { IconAdjustments, IconAlertTriangle, IconPackage, IconSearch, IconSend } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type OrderFilter, useOrderFunnel, useOrders } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { useEnvironment } from '../app/use-environment.ts';
import filters from '../filters/filters.module.css';
import {
  type Change,
  changedSearch,
  FilteredList,
  TimeFilter,
  TypedText,
  timeBounds,
  useWords,
} from '../filters/index.ts';
import { appTexts, filterTexts, orderTexts } from '../texts/index.ts';
import { DataTable, ListPage } from '../ui/index.ts';
import { Funnel } from './Funnel.tsx';
import { ChannelFilter, IssueFilters } from './IssueFilters.tsx';
import { ISSUE_COLUMNS, ORDER_COLUMNS, orderName } from './order-columns.tsx';
import { asksForIssues, type OrderSearch, openBefore } from './order-search.ts';

const t = orderTexts.list;
const route = getRouteApi('/frame/orders');

/** Every order of the environment: found by any number, counted by stage, newest first. */
export function OrderListPage() {
  const { env: _env, ...address } = route.useSearch();
  const words = useWords();
  const search: OrderSearch = { ...address, ...words };
  const navigate = route.useNavigate();
  const { environment } = useEnvironment();
  const filter = useFilter(search, environment.name);
  const query = useOrders(filter);
  const funnel = useOrderFunnel(environment.name).data;
  const narrowed = Object.keys(search).length > 0;
  const isAboutIssues = asksForIssues(search);
  const set = (change: Change<OrderSearch>) => void navigate({ ...changedSearch(words, change), replace: true });
  const clear = () => void navigate({ search: ({ env }) => (env ? { env } : {}) });

  return (
    <ListPage
      title={orderTexts.title}
      buttons={
        <>
          <Button
            component={Link}
            to="/subscriptions"
            variant="default"
            leftSection={<IconSend size={16} stroke={1.5} aria-hidden />}
          >
            {appTexts.nav.subscriptions}
          </Button>
          <Button
            component={Link}
            to="/order-rules"
            variant="default"
            leftSection={<IconAdjustments size={16} stroke={1.5} aria-hidden />}
          >
            {t.rules}
          </Button>
        </>
      }
    >
      <search className={filters.bar} aria-label={orderTexts.title}>
        <TypedText
          label={t.search}
          placeholder={t.searchPlaceholder}
          value={search.q ?? ''}
          onSettled={(q) => set({ q: q || undefined })}
          icon={IconSearch}
          width={360}
        />
        <TimeFilter search={search} set={set} />
        <button
          type="button"
          className={filters.chip}
          aria-pressed={isAboutIssues}
          onClick={() => set(isAboutIssues ? NO_ISSUES : { pending: 'yes' })}
        >
          <IconAlertTriangle size={12} aria-hidden />
          {t.pending}
        </button>
        {isAboutIssues && <IssueFilters env={environment.name} search={search} set={set} />}
        <ChannelFilter env={environment.name} search={search} set={set} />
        {narrowed && (
          <Button variant="subtle" color="gray" onClick={clear}>
            {filterTexts.clear}
          </Button>
        )}
      </search>
      {funnel && <Funnel funnel={funnel} stage={search.stage} onStage={(stage) => set({ stage })} />}
      <FilteredList
        query={query}
        skeletonRows={16}
        narrowed={narrowed}
        onClear={clear}
        noMatch={search.q ? t.noneFound(search.q) : undefined}
        otherwise={
          search.q && (
            <Button component={Link} to="/executions" state={{ words: { q: search.q } }} variant="default">
              {t.inExecutions}
            </Button>
          )
        }
        none={{
          icon: IconPackage,
          title: t.noneTitle(environment.name),
          detail: t.noneDetail,
          action: (
            <Button component={Link} to="/flows">
              {t.noneAction}
            </Button>
          ),
        }}
      >
        {(rows, more) => (
          <DataTable
            label={t.label}
            columns={isAboutIssues ? ISSUE_COLUMNS : ORDER_COLUMNS}
            rows={rows}
            rowKey={(row) => row.orderId}
            rowName={orderName}
            rowLink={({ orderId }) => ({ to: '/orders/$orderId', params: { orderId } })}
            more={more}
          />
        )}
      </FilteredList>
    </ListPage>
  );
}

const NO_ISSUES = { pending: undefined, kind: undefined, issue: undefined, owner: undefined, age: undefined };

/** The API's filter for an address. A preset range, and an age, is counted back from when it was chosen. */
function useFilter(
  { q, stage, channel, pending, kind, issue, owner, age, range, from, to }: OrderSearch,
  env: string,
): OrderFilter {
  return useMemo(
    () =>
      dropEmpty({
        ...{ env, q: q?.trim(), stage, channel, issueKind: kind, issue, issueOwner: owner },
        issueBefore: age && openBefore(age, Date.now()),
        pending: pending === 'yes' ? true : undefined,
        ...timeBounds(dropEmpty({ range, from, to }), Date.now()),
      }),
    [q, stage, channel, pending, kind, issue, owner, age, range, from, to, env],
  );
}
