import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

const PAGE_SIZE = 100;

/** What a list of orders is narrowed to; the fields are those of the API's query. */
export interface OrderFilter {
  env?: string;
  q?: string;
  stage?: string;
  pending?: boolean;
  channel?: string;
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

export const useOrders = (filter: OrderFilter) => useInfiniteQuery(ordersQuery(filter));
export const useOrder = (env: string, orderId: string) => useQuery(orderQuery(env, orderId));
export const useOrderFunnel = (env: string) => useQuery(funnelQuery(env));
