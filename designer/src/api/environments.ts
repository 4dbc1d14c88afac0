import type { Deployment, Environment } from '@crossdock/api-contract';
import { queryOptions, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';
import { readAllPages } from './pages.ts';

export const environmentsQuery = queryOptions({
  queryKey: keys.environments,
  queryFn: async ({ signal }): Promise<readonly Environment[]> => (await request('listEnvironments', { signal })).items,
  staleTime: 5 * 60_000,
});

export const deploymentsQuery = (env: string) =>
  queryOptions({
    queryKey: keys.deployments(env),
    queryFn: ({ signal }) =>
      readAllPages<Deployment>((cursor) =>
        request('listDeployments', { params: { env }, query: { limit: 200, ...cursor }, signal }),
      ),
  });

/** All deployments a flow had in an environment, newest first. */
export const deploymentHistoryQuery = (env: string, flowId: string) =>
  queryOptions({
    queryKey: keys.deploymentHistory(env, flowId),
    queryFn: async ({ signal }): Promise<readonly Deployment[]> =>
      (await request('listDeployments', { params: { env }, query: { flowId, history: true, limit: 50 }, signal }))
        .items,
  });

export const variablesQuery = (env: string) =>
  queryOptions({
    queryKey: keys.variables(env),
    queryFn: ({ signal }) => request('getVariables', { params: { env }, signal }),
  });

export const useEnvironments = () => useQuery(environmentsQuery);
export const useVariables = (env: string) => useQuery(variablesQuery(env));

/** Active deployments of several environments at once, in their order. */
export const useDeployments = (envs: readonly string[]) => useQueries({ queries: envs.map(deploymentsQuery) });

export function useDeploy() {
  const refresh = useDeploymentRefresh();
  return useMutation({
    mutationFn: ({ env, ...body }: { env: string; flowId: string; revision: number; confirmUnsigned?: boolean }) =>
      request('deploy', { params: { env }, body }),
    onSuccess: (deployment) => refresh(deployment.env, deployment.flowId),
  });
}

export function useUndeploy() {
  const refresh = useDeploymentRefresh();
  return useMutation({
    mutationFn: (target: { env: string; flowId: string }) => request('undeploy', { params: target }),
    onSuccess: (_nothing, { env, flowId }) => refresh(env, flowId),
  });
}

export function useSaveVariables(env: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => request('putVariables', { params: { env }, body }),
    onSuccess: (saved) => client.setQueryData(keys.variables(env), saved),
  });
}

export function useCreateEnvironment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; title?: string; tone?: Environment['tone'] }) =>
      request('createEnvironment', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.environments }),
  });
}

function useDeploymentRefresh() {
  const client = useQueryClient();
  return (env: string, flowId: string) =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.deployments(env) }),
      client.invalidateQueries({ queryKey: keys.deploymentHistory(env, flowId) }),
      client.invalidateQueries({ queryKey: keys.flows }),
    ]);
}
