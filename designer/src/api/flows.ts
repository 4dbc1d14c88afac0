import type { FlowDraft, FlowRow, FlowTestResult, Revision, TestRun } from '@crossdock/api-contract';
import type { Answers, Flow, NodeManifest } from '@crossdock/flow-model';
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';
import { readAllPages } from './pages.ts';

export const flowsQuery = queryOptions({
  queryKey: keys.flows,
  queryFn: ({ signal }) =>
    readAllPages<FlowRow>((cursor) => request('listFlows', { query: { limit: 200, ...cursor }, signal })),
});

export const flowQuery = (flowId: string) =>
  queryOptions({
    queryKey: keys.flow(flowId),
    queryFn: ({ signal }) => request('getFlow', { params: { flowId }, signal }),
  });

export const nodeTypesQuery = queryOptions({
  queryKey: keys.nodeTypes,
  queryFn: async ({ signal }): Promise<readonly NodeManifest[]> => (await request('nodeTypes', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const revisionsQuery = (flowId: string) =>
  queryOptions({
    queryKey: keys.revisions(flowId),
    queryFn: ({ signal }) =>
      readAllPages<Revision>((cursor) =>
        request('listRevisions', { params: { flowId }, query: { limit: 200, ...cursor }, signal }),
      ),
  });

/** A revision's document; it never changes, so it is read once. */
export const revisionQuery = (flowId: string, revision: number) =>
  queryOptions({
    queryKey: keys.revision(flowId, revision),
    queryFn: ({ signal }) => request('getRevision', { params: { flowId, revision }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useFlows = () => useQuery(flowsQuery);
export const useFlow = (flowId: string) => useQuery(flowQuery(flowId));
export const useNodeTypes = () => useQuery(nodeTypesQuery);
export const useRevisions = (flowId: string) => useQuery(revisionsQuery(flowId));

/** Creates a flow; `API_CONFLICT` when the id is taken. */
export function useCreateFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (flow: Flow) => request('createFlow', { body: flow }),
    onSuccess: (draft) => keepDraft(client, draft),
  });
}

/** Saves the draft over the state with this etag; `API_STALE` when someone else saved since. */
export function useSaveFlow(flowId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ flow, etag }: { flow: Flow; etag: string }) =>
      request('saveFlow', { params: { flowId }, body: flow, etag }),
    onSuccess: (draft) => keepDraft(client, draft),
  });
}

export function useDeleteFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (flowId: string) => request('deleteFlow', { params: { flowId } }),
    onSuccess: (_nothing, flowId) => {
      client.removeQueries({ queryKey: keys.flow(flowId) });
      return client.invalidateQueries({ queryKey: keys.flows });
    },
  });
}

/** Publishes the draft; unchanged content answers the revision that exists. */
export function usePublishFlow(flowId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (message: string) => request('publishFlow', { params: { flowId }, body: { message } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.revisions(flowId) }),
        client.invalidateQueries({ queryKey: keys.flows }),
      ]),
  });
}

/** How a draft is to be run: on a payload, or as the named test does. */
export interface TestRunAsked {
  readonly test?: string;
  readonly payload?: unknown;
  readonly headers?: Record<string, string>;
  readonly effects?: 'simulate' | 'real';
  readonly answers?: Answers;
  /** Attempts after which it stops. */
  readonly stopAfter?: number;
}

/** Runs the saved draft once, in process; nothing of it is kept. */
export function useTestRun(flowId: string) {
  return useMutation({
    mutationFn: (body: TestRunAsked): Promise<TestRun> => request('testRun', { params: { flowId }, body }),
  });
}

/** Runs tests of the saved draft: those named, or all. */
export function useRunTests(flowId: string) {
  return useMutation({
    mutationFn: async (names?: string[]): Promise<readonly FlowTestResult[]> =>
      (await request('runTests', { params: { flowId }, body: names === undefined ? {} : { names } })).items,
  });
}

function keepDraft(client: QueryClient, draft: FlowDraft): Promise<void> {
  client.setQueryData(keys.flow(draft.flow.id), draft);
  return client.invalidateQueries({ queryKey: keys.flows });
}
