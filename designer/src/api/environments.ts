import type { Environment } from '@crossdock/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

export const environmentsQuery = queryOptions({
  queryKey: keys.environments,
  queryFn: async ({ signal }): Promise<readonly Environment[]> => (await request('listEnvironments', { signal })).items,
  staleTime: 5 * 60_000,
});

export const variablesQuery = (env: string) =>
  queryOptions({
    queryKey: keys.variables(env),
    queryFn: ({ signal }) => request('getVariables', { params: { env }, signal }),
  });

export const useEnvironments = () => useQuery(environmentsQuery);
/** @param lookAgainMs where they are changed, as others may change them meanwhile */
export const useVariables = (env: string, lookAgainMs?: number) =>
  useQuery({ ...variablesQuery(env), refetchInterval: lookAgainMs ?? false });

/** Reads the variables as they are by now. */
export function useReadVariables(env: string) {
  const client = useQueryClient();
  return () => client.fetchQuery({ ...variablesQuery(env), staleTime: 0 });
}

/** Where the variables of an environment are read. */
export const useVariableUsage = (env: string) =>
  useQuery({
    queryKey: keys.variableUsage(env),
    queryFn: async ({ signal }) => (await request('variableUsage', { params: { env }, signal })).items,
  });

export function useSaveVariables(env: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => request('putVariables', { params: { env }, body }),
    onSuccess: (saved) => {
      client.setQueryData(keys.variables(env), saved);
      return client.invalidateQueries({ queryKey: keys.deploymentCheck(env) });
    },
  });
}

/** Copies variables to an environment that lacks them, as it is now, so that what someone else set meanwhile stays. */
export function useCopyVariables() {
  const client = useQueryClient();
  const read = (env: string) => request('getVariables', { params: { env } });
  return {
    missingIn: async (env: string, variables: Readonly<Record<string, unknown>>): Promise<string[]> => {
      const there = await read(env);
      return Object.keys(variables)
        .filter((name) => !Object.hasOwn(there, name))
        .sort();
    },
    copy: async (env: string, variables: Readonly<Record<string, unknown>>): Promise<void> => {
      const body = { ...variables, ...(await read(env)) };
      client.setQueryData(keys.variables(env), await request('putVariables', { params: { env }, body }));
      await client.invalidateQueries({ queryKey: keys.deploymentCheck(env) });
    },
  };
}

export function useCreateEnvironment() {
  const refresh = useEnvironmentRefresh();
  return useMutation({
    mutationFn: (body: { name: string; title?: string; tone?: Environment['tone'] }) =>
      request('createEnvironment', { body }),
    onSuccess: refresh,
  });
}

export function useUpdateEnvironment() {
  const refresh = useEnvironmentRefresh();
  return useMutation({
    mutationFn: ({ name, ...body }: Environment) => request('updateEnvironment', { params: { env: name }, body }),
    onSuccess: refresh,
  });
}

/** Shows the new order at once, and the old one again when it is refused. */
export function useOrderEnvironments() {
  const client = useQueryClient();
  const refresh = useEnvironmentRefresh();
  return useMutation({
    mutationFn: (environments: readonly Environment[]) =>
      request('orderEnvironments', { body: { names: environments.map(({ name }) => name) } }),
    onMutate: (environments) => client.setQueryData(keys.environments, environments),
    onSettled: refresh,
  });
}

export function useDeleteEnvironment() {
  const refresh = useEnvironmentRefresh();
  return useMutation({
    mutationFn: (env: string) => request('deleteEnvironment', { params: { env } }),
    onSuccess: refresh,
  });
}

function useEnvironmentRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.environments });
}
