import type { Deployment } from '@crossdock/api-contract';
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';
import { readAllPages } from './pages.ts';

const LOG_PAGE = 100;

export const deploymentsQuery = (env: string) =>
  queryOptions({
    queryKey: keys.deployments(env),
    queryFn: ({ signal }) =>
      readAllPages<Deployment>((cursor) =>
        request('listDeployments', { params: { env }, query: { limit: 200, ...cursor }, signal }),
      ),
  });

/** What runs in an environment, and what ran last of each flow that no longer does. */
const lastDeploymentsQuery = (env: string) =>
  queryOptions({
    queryKey: keys.lastDeployments(env),
    queryFn: ({ signal }) =>
      readAllPages<Deployment>((cursor) =>
        request('listDeployments', { params: { env }, query: { undeployed: true, limit: 200, ...cursor }, signal }),
      ),
  });

/** The last deployments that a flow had in an environment, newest first. */
export const deploymentHistoryQuery = (env: string, flowId: string) =>
  queryOptions({
    queryKey: keys.deploymentHistory(env, flowId),
    queryFn: async ({ signal }): Promise<readonly Deployment[]> =>
      (await request('listDeployments', { params: { env }, query: { flowId, history: true, limit: 50 }, signal }))
        .items,
  });

/** All that ever ran in an environment, of one flow or of all, page by page. */
const deploymentLogQuery = (env: string, flowId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.deploymentLog(env, flowId),
    queryFn: ({ signal, pageParam }) =>
      request('listDeployments', {
        params: { env },
        query: {
          history: true,
          limit: LOG_PAGE,
          ...(flowId === undefined ? {} : { flowId }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** What a deployment would meet and change; asked anew each time, as the environment changes. */
const deploymentCheckQuery = (env: string, flowId: string, revision: number) =>
  queryOptions({
    queryKey: keys.deploymentCheck(env, flowId, revision),
    queryFn: ({ signal }) => request('checkDeployment', { params: { env, flowId }, query: { revision }, signal }),
    staleTime: 0,
  });

/** Active deployments of several environments at once, in their order. */
export const useDeployments = (envs: readonly string[]) => useQueries({ queries: envs.map(deploymentsQuery) });
export const useLastDeployments = (envs: readonly string[]) => useQueries({ queries: envs.map(lastDeploymentsQuery) });

/** The nodes whose calls fail once a flow is undeployed; asked anew each time. */
export const useDeploymentCallers = (env: string, flowId: string) =>
  useQuery({
    queryKey: keys.deploymentCallers(env, flowId),
    queryFn: async ({ signal }) => (await request('deploymentCallers', { params: { env, flowId }, signal })).items,
    staleTime: 0,
  });

export const useDeploymentLog = (env: string, flowId: string | undefined) =>
  useInfiniteQuery(deploymentLogQuery(env, flowId));

export const useDeploymentCheck = (env: string, flowId: string, revision: number | undefined) =>
  useQuery({ ...deploymentCheckQuery(env, flowId, revision ?? 0), enabled: revision !== undefined });

/** What a revision changed against another one, with the values; nothing is asked while there is no other one. */
export const useChanges = (flowId: string, revision: number, since: number | undefined) =>
  useQuery({
    queryKey: keys.changes(flowId, revision, since ?? 0),
    queryFn: ({ signal }) =>
      request('compareRevisions', { params: { flowId, revision }, query: { since: since ?? 0 }, signal }),
    enabled: since !== undefined && since !== revision,
    staleTime: Number.POSITIVE_INFINITY,
  });

interface Target {
  env: string;
  flowId: string;
  confirmUnsigned?: boolean;
}

export function useDeploy() {
  const refresh = useDeploymentRefresh();
  return useMutation({
    mutationFn: ({ env, ...body }: Target & { revision: number }) => request('deploy', { params: { env }, body }),
    onSuccess: refresh,
  });
}

export function usePromote() {
  const refresh = useDeploymentRefresh();
  return useMutation({
    mutationFn: ({ env, flowId, ...body }: Target & { from: string }) =>
      request('promote', { params: { env, flowId }, body }),
    onSuccess: refresh,
  });
}

export function useRollback() {
  const refresh = useDeploymentRefresh();
  return useMutation({
    mutationFn: ({ env, flowId, ...body }: Target) => request('rollback', { params: { env, flowId }, body }),
    onSuccess: refresh,
  });
}

export function useUndeploy() {
  const refresh = useDeploymentRefresh();
  return useMutation({
    mutationFn: (target: { env: string; flowId: string }) => request('undeploy', { params: target }),
    onSuccess: (_nothing, target) => refresh(target),
  });
}

function useDeploymentRefresh() {
  const client = useQueryClient();
  return ({ env, flowId }: { env: string; flowId: string }) =>
    Promise.all(
      [
        keys.deployments(env),
        keys.deploymentHistory(env, flowId),
        keys.deploymentLog(env),
        keys.deploymentCheck(env),
        keys.flows,
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
}
