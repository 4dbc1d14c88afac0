import { pathOf, type QueryOf, routes } from '@crossdock/api-contract';
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

const PAGE_SIZE = 100;

/** What the audit is narrowed to. */
export type AuditFilter = Omit<QueryOf<(typeof routes)['listAudit']>, 'limit' | 'cursor'>;

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.audit, filter],
    queryFn: ({ pageParam, signal }) =>
      request('listAudit', {
        query: { ...filter, limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** A row never changes. */
export const auditRowQuery = (number: number) =>
  queryOptions({
    queryKey: [...keys.audit, 'row', number],
    queryFn: ({ signal }) => request('getAudit', { params: { number }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useAudit = (filter: AuditFilter) => useInfiniteQuery(auditQuery(filter));
export const useAuditRow = (number: number) => useQuery(auditRowQuery(number));

/** Where the browser loads what a filter finds as a file. */
export function auditFilePath(filter: AuditFilter, format: 'csv' | 'jsonl'): string {
  return pathOf(routes.exportAudit, {}, { ...filter, format });
}
