import type { BodyOf, DeadLetterFilter, InDoubtFilter, ReplayBody, ResolveBody, routes } from '@crossdock/api-contract';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

const PAGE_SIZE = 100;

/** What a list of dead letters is narrowed to. */
export type DeadLetterList = Omit<DeadLetterFilter, 'executionIds'>;
/** What the list of calls in doubt is narrowed to. */
export type InDoubtList = Omit<InDoubtFilter, 'executionIds'>;
type ReplayMany = BodyOf<(typeof routes)['replayDeadLetters']>;
type ResolveMany = BodyOf<(typeof routes)['resolveInDoubt']>;

export const deadLettersQuery = (filter: DeadLetterList) =>
  infiniteQueryOptions({
    queryKey: [...keys.deadLetters, filter],
    queryFn: ({ pageParam, signal }) =>
      request('searchDeadLetters', {
        body: { ...filter, limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const inDoubtQuery = (filter: InDoubtList) =>
  infiniteQueryOptions({
    queryKey: [...keys.inDoubt, filter],
    queryFn: ({ pageParam, signal }) =>
      request('listInDoubt', {
        query: { ...filter, limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const useDeadLetters = (filter: DeadLetterList, enabled = true) =>
  useInfiniteQuery({ ...deadLettersQuery(filter), enabled });
export const useInDoubt = (filter: InDoubtList) => useInfiniteQuery(inDoubtQuery(filter));

/** Counts what a replay of many would do; never kept, since executions come and go meanwhile. */
export const replayCountQuery = (body: ReplayMany) =>
  queryOptions({
    queryKey: [...keys.deadLetters, 'count', body],
    queryFn: ({ signal }) => request('replayDeadLetters', { body: { ...body, dryRun: true }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });

/** Counts what deciding many would do. */
export const resolveCountQuery = (body: ResolveMany) =>
  queryOptions({
    queryKey: [...keys.inDoubt, 'count', body],
    queryFn: ({ signal }) => request('resolveInDoubt', { body: { ...body, dryRun: true }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });

export const useReplayCount = (body: ReplayMany) => useQuery(replayCountQuery(body));
export const useResolveCount = (body: ResolveMany) => useQuery(resolveCountQuery(body));

/** Replays many by a job, whose id it gives. */
export function useReplayDeadLetters() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReplayMany) => request('replayDeadLetters', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.jobs }),
  });
}

/** Decides many calls in doubt by a job, whose id it gives. */
export function useResolveInDoubt() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ResolveMany) => request('resolveInDoubt', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.jobs }),
  });
}

/** Runs an execution again as a new one, whose id it gives; `API_REPLAY_EXPIRED` when what it needs is no longer kept. */
export function useReplayExecution(executionId: string) {
  return useExecutionChange(executionId, (body: ReplayBody) =>
    request('replayExecution', { params: { executionId }, body }),
  );
}

/** Stops an execution; `API_WRONG_STATE` when it has ended meanwhile. */
export function useCancelExecution(executionId: string) {
  return useExecutionChange(executionId, () => request('cancelExecution', { params: { executionId } }));
}

/** Says how a call in doubt ended; `API_WRONG_STATE` when someone else did. */
export function useResolveExecution(executionId: string) {
  return useExecutionChange(executionId, (body: ResolveBody) =>
    request('resolveExecution', { params: { executionId }, body }),
  );
}

function useExecutionChange<Input, Answer>(executionId: string, mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // Also after a refusal: it most often means that the page is behind.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.execution(executionId) }),
        client.invalidateQueries({ queryKey: keys.deadLetters }),
        client.invalidateQueries({ queryKey: keys.inDoubt }),
      ]),
  });
}
