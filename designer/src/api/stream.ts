import type { ExecutionRow, StreamEvent } from '@crossdock/api-contract';
import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { type ExecutionFilter, type ExecutionPages, matchesFilter, mergeRows } from './execution-filter.ts';
import { keepJob } from './jobs.ts';
import { keys } from './keys.ts';

const STREAM = '/api/v1/stream';
const BATCH_MS = 250;
const RESEARCH_MS = 3_000;
const ORDERS_MS = 1_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;
/** Executions that enter the lists of exceptions. */
const EXCEPTIONS: readonly ExecutionRow['status'][] = ['failed', 'compensation-failed', 'in-doubt'];

interface ExceptionPages {
  pages: { items: { executionId: string }[] }[];
}

export type Connection = 'connecting' | 'live' | 'offline';

/** State of the live connection, for the notice in the frame. */
export const useConnection = create<{ connection: Connection }>(() => ({ connection: 'connecting' }));

/**
 * Follows the runtime's events and keeps the caches true. Events are applied in batches, so that a burst of a thousand
 * orders is a handful of renders; after a gap everything is asked again, because events of the gap are lost. What was
 * asked before the stream first opened may lack what came between: lists that only the stream refreshes are asked again.
 * @returns a function that ends it.
 */
export function followStream(client: QueryClient): () => void {
  let source: EventSource | undefined;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let batchTimer: ReturnType<typeof setTimeout> | undefined;
  let searchTimer: ReturnType<typeof setTimeout> | undefined;
  let orderTimer: ReturnType<typeof setTimeout> | undefined;
  let hadGap = false;
  let rows: ExecutionRow[] = [];

  const flush = () => {
    batchTimer = undefined;
    const batch = [...new Map(rows.map((row) => [row.executionId, row])).values()];
    rows = [];
    const isSearched = applyExecutions(client, batch);
    if ((isSearched || concernsExceptions(client, batch)) && searchTimer === undefined)
      searchTimer = setTimeout(() => {
        searchTimer = undefined;
        void client.invalidateQueries({
          predicate: ({ queryKey }) => isSearchedList(queryKey) || isExceptionList(queryKey),
        });
      }, RESEARCH_MS);
  };

  const open = () => {
    source = new EventSource(STREAM);
    source.onopen = () => {
      useConnection.setState({ connection: 'live' });
      retryMs = FIRST_RETRY_MS;
      if (hadGap) void client.invalidateQueries();
      else void client.invalidateQueries({ predicate: ({ queryKey }) => isLive(queryKey) });
      hadGap = false;
    };
    source.onerror = () => {
      source?.close();
      hadGap = true;
      useConnection.setState({ connection: 'offline' });
      retryTimer = setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
    listen(source, 'execution', (row) => {
      rows.push(row);
      batchTimer ??= setTimeout(flush, BATCH_MS);
    });
    // An order may have become one with another: everything about orders is asked again, a burst of them once.
    listen(source, 'order', () => {
      orderTimer ??= setTimeout(() => {
        orderTimer = undefined;
        void client.invalidateQueries({ queryKey: keys.orders });
      }, ORDERS_MS);
    });
    listen(source, 'cross-reference', ({ env }) => {
      void client.invalidateQueries({ queryKey: [...keys.xrefs, env] });
    });
    listen(source, 'deployment', ({ env, flowId }) => {
      void client.invalidateQueries({ queryKey: keys.deployments(env) });
      void client.invalidateQueries({ queryKey: keys.deploymentHistory(env, flowId) });
      void client.invalidateQueries({ queryKey: keys.deploymentLog(env) });
      void client.invalidateQueries({ queryKey: keys.flows });
    });
    listen(source, 'presence', ({ flowId, editors }) => {
      client.setQueryData(keys.flowEditors(flowId), editors);
    });
    listen(source, 'job', (job) => keepJob(client, job));
    listen(source, 'flow', ({ flowId }) => {
      void client.invalidateQueries({ queryKey: keys.flows });
      void client.invalidateQueries({ queryKey: keys.flow(flowId) });
      void client.invalidateQueries({ queryKey: keys.revisions(flowId) });
    });
  };

  const retryNow = () => {
    if (useConnection.getState().connection !== 'offline') return;
    clearTimeout(retryTimer);
    open();
  };

  open();
  addEventListener('online', retryNow);
  return () => {
    removeEventListener('online', retryNow);
    for (const timer of [retryTimer, batchTimer, searchTimer, orderTimer]) clearTimeout(timer);
    source?.close();
    useConnection.setState({ connection: 'connecting' });
  };
}

/** Puts rows into every cached list and detail. True when a list is searched by words, which only the runtime can do. */
function applyExecutions(client: QueryClient, rows: readonly ExecutionRow[]): boolean {
  let searched = false;
  for (const [queryKey, list] of client.getQueriesData<ExecutionPages>({ queryKey: keys.executions })) {
    const filter = (queryKey[1] ?? {}) as ExecutionFilter;
    if (list) client.setQueryData(queryKey, mergeRows(list, rows, filter));
    searched ||= rows.some((row) => matchesFilter(row, filter) === 'unknown');
  }
  // Who is replayed by a row, or started it, tells so too.
  const touched = new Set(rows.flatMap(({ executionId, replayOf, parentId }) => [executionId, replayOf, parentId]));
  for (const id of touched) {
    if (id !== undefined && client.getQueryState(keys.execution(id)))
      void client.invalidateQueries({ queryKey: keys.execution(id) });
  }
  return searched;
}

/** True when rows enter the lists of exceptions, or leave them: by a replay, or because someone decided. */
function concernsExceptions(client: QueryClient, rows: readonly ExecutionRow[]): boolean {
  const shown = new Set(
    client
      .getQueriesData<ExceptionPages>({ predicate: ({ queryKey }) => isExceptionList(queryKey) })
      .flatMap(([, list]) => list?.pages.flatMap(({ items }) => items.map(({ executionId }) => executionId)) ?? []),
  );
  return rows.some(
    ({ executionId, replayOf, status }) =>
      EXCEPTIONS.includes(status) || shown.has(executionId) || (replayOf !== undefined && shown.has(replayOf)),
  );
}

/** What changes without anyone's doing in the designer, so that the stream alone tells of it. */
function isLive(queryKey: readonly unknown[]): boolean {
  return (
    queryKey[0] === keys.executions[0] ||
    queryKey[0] === keys.execution('')[0] ||
    queryKey[0] === keys.orders[0] ||
    isExceptionList(queryKey)
  );
}

/** Lists of exceptions are worked out by the runtime alone; how many a dialog has counted stays as it was said. */
function isExceptionList([list, filter]: readonly unknown[]): boolean {
  return (list === keys.deadLetters[0] || list === keys.inDoubt[0]) && filter !== 'count';
}

function isSearchedList(queryKey: readonly unknown[]): boolean {
  const filter = queryKey[1] as ExecutionFilter | undefined;
  return queryKey[0] === keys.executions[0] && Boolean(filter?.key || filter?.q);
}

function listen<Kind extends StreamEvent['kind']>(
  source: EventSource,
  kind: Kind,
  handle: (data: Extract<StreamEvent, { kind: Kind }>['data']) => void,
): void {
  source.addEventListener(kind, (event) => handle(JSON.parse((event as MessageEvent<string>).data)));
}
