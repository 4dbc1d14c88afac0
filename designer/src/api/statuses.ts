import type { StatusMap } from '@crossdock/api-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

/** Statuses are met while somebody looks. */
const LOOK_AGAIN_MS = 10_000;

export const useStatusMaps = (env: string) =>
  useQuery({
    queryKey: [...keys.statusMaps, env],
    queryFn: async ({ signal }) => (await request('listStatusMaps', { params: { env }, signal })).items,
  });

export const useUnmappedStatuses = (env: string) =>
  useQuery({
    queryKey: [...keys.statusMaps, env, 'unmapped'],
    queryFn: async ({ signal }) => (await request('listUnmappedStatuses', { params: { env }, signal })).items,
    refetchInterval: LOOK_AGAIN_MS,
  });

/** Saves a map as the version after the one that it was made from. */
export function useSaveStatusMap(env: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ system, version, entries }: Pick<StatusMap, 'system' | 'version' | 'entries'>) =>
      request('putStatusMap', { params: { env, system }, body: { version, entries } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.statusMaps, env] }),
  });
}
