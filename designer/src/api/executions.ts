import type { ExecutionStatus } from '@crossdock/api-contract';
import { applyChange, type FlowChange } from '@crossdock/flow-model';
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from './client.ts';
import type { ExecutionFilter } from './execution-filter.ts';
import { keys } from './keys.ts';
import { ApiError } from './problem.ts';

const PAGE_SIZE = 100;
const UNFINISHED: readonly ExecutionStatus[] = ['running', 'waiting', 'in-doubt', 'compensating'];

/** True while more may happen to an execution. */
export const isUnfinished = (status: ExecutionStatus): boolean => UNFINISHED.includes(status);

export const executionsQuery = (filter: ExecutionFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.executions, filter],
    queryFn: ({ pageParam, signal }) =>
      request('searchExecutions', {
        body: { ...filter, limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** One execution with its spans; asked again while it runs, since spans come without a stream event of their own. */
export const executionQuery = (executionId: string) =>
  queryOptions({
    queryKey: keys.execution(executionId),
    queryFn: ({ signal }) => request('getExecution', { params: { executionId }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnfinished(state.data.status) ? 2_000 : false),
  });

/** Payloads travel apart from the spans that name them, and may come a moment later. */
const NOT_YET = { tries: 4, everyMs: 500 };

/** A payload never changes once written, so it is read once. */
export const payloadQuery = (executionId: string, ref: string) =>
  queryOptions({
    queryKey: keys.payload(executionId, ref),
    queryFn: ({ signal }) => request('getPayload', { params: { executionId, ref }, signal }),
    retry: (failures, error) => failures < NOT_YET.tries && isWorthAnotherTry(error),
    retryDelay: NOT_YET.everyMs,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/**
 * Puts an execution into the draft of its flow, as a sample or a test with masked values replaced. `API_STALE` when someone else saved at that
 * very moment, `API_RECORDING_INCOMPLETE` where it is kept only in part.
 */
export function useKeepExecution(executionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (as: 'sample' | 'test') => {
      const recording = await request('recordExecution', { params: { executionId } });
      const { flowId, sample, test } = recording;
      const { flow, etag } = await request('getFlow', { params: { flowId } });
      const change: FlowChange =
        as === 'sample'
          ? { kind: 'addSample', sample: { ...sample, name: freeName(sample.name, flow.samples) } }
          : { kind: 'addTest', test: { ...test, name: freeName(test.name, flow.tests) } };
      const changed = applyChange(flow, change).flow;
      const draft = await request('saveFlow', { params: { flowId }, body: changed, etag });
      client.setQueryData(keys.flow(flowId), draft);
      return recording;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.flows }),
  });
}

function freeName(name: string, taken: readonly { readonly name: string }[] = []): string {
  const isTaken = (wanted: string) => taken.some((one) => one.name === wanted);
  let number = 1;
  while (isTaken(number === 1 ? name : `${name} (${number})`)) number++;
  return number === 1 ? name : `${name} (${number})`;
}

/** Shows one payload with its masked values in clear. What comes is kept by whoever asked, and nowhere else. */
export const useRevealPayload = (executionId: string, ref: string) =>
  useMutation({
    mutationFn: (reason: string) => request('revealPayload', { params: { executionId, ref }, body: { reason } }),
    gcTime: 0,
  });

function isWorthAnotherTry(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 404 || error.status >= 500);
}

export const useExecutions = (filter: ExecutionFilter) => useInfiniteQuery(executionsQuery(filter));
export const useExecution = (executionId: string) => useQuery(executionQuery(executionId));
