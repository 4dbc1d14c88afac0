import type { OrderRules } from '@crossdock/api-contract';
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

const PAGE_SIZE = 100;
/** The runtime may give counts again that it made a few seconds ago, so the last event does not show in them at once. */
const COUNTS_EVERY_MS = 15_000;

/** What a list of orders is narrowed to; the fields are those of the API's query. */
export interface OrderFilter {
  env?: string;
  q?: string;
  stage?: string;
  pending?: boolean;
  channel?: string;
  issueKind?: 'hold' | 'exception';
  issue?: string;
  issueOwner?: string;
  issueBefore?: string;
  from?: string;
  to?: string;
}

/** Worked out by the runtime alone: the stream only says when to ask again. */
const ordersQuery = (filter: OrderFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.orders, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      request('searchOrders', {
        body: { ...filter, limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  });

const orderQuery = (env: string, orderId: string) =>
  queryOptions({
    queryKey: [...keys.orders, 'one', env, orderId],
    queryFn: ({ signal }) => request('getOrder', { params: { orderId }, query: { env }, signal }),
  });

const funnelQuery = (env: string) =>
  queryOptions({
    queryKey: [...keys.orders, 'funnel', env],
    queryFn: ({ signal }) => request('getOrderFunnel', { query: { env }, signal }),
  });

const facetsQuery = (env: string) =>
  queryOptions({
    queryKey: [...keys.orders, 'facets', env],
    queryFn: ({ signal }) => request('getOrderFacets', { query: { env }, signal }),
  });

const rulesQuery = (env: string) =>
  queryOptions({
    queryKey: [...keys.orderRules, env],
    queryFn: ({ signal }) => request('getOrderRules', { params: { env }, signal }),
  });

export const useOrders = (filter: OrderFilter) => useInfiniteQuery(ordersQuery(filter));
export const useOrder = (env: string, orderId: string) => useQuery(orderQuery(env, orderId));
export const useOrderFunnel = (env: string) => useQuery({ ...funnelQuery(env), refetchInterval: COUNTS_EVERY_MS });
export const useOrderFacets = (env: string) => useQuery({ ...facetsQuery(env), refetchInterval: COUNTS_EVERY_MS });
export const useOrderRules = (env: string) => useQuery(rulesQuery(env));

/** Replaces the settings that were read; `API_STALE` when someone else did meanwhile. */
export function useSaveOrderRules(env: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ settings, since }: { settings: object; since: OrderRules['updatedAt'] }) =>
      request('putOrderRules', { params: { env }, body: { settings: { ...settings }, since } }),
    onSuccess: (saved) => client.setQueryData(rulesQuery(env).queryKey, saved),
    onError: () => client.invalidateQueries({ queryKey: rulesQuery(env).queryKey }),
  });
}

/** What is said of an issue. It shows when the event has come back, which the stream tells. */
export type SaidOfOrder =
  | { readonly what: 'settleException'; readonly exceptionId: string; readonly reason?: string }
  | { readonly what: 'assignException'; readonly exceptionId: string; readonly assignee: string }
  | { readonly what: 'commentException'; readonly exceptionId: string; readonly text: string }
  | { readonly what: 'releaseHold'; readonly holdId: string; readonly reason?: string };

export function useSayOfOrder(env: string, orderId: string) {
  return useMutation({
    mutationFn: ({ what, ...said }: SaidOfOrder) =>
      request(what, { params: { orderId }, body: { env, ...said } as never }),
  });
}
