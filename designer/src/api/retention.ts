import type { Retention } from '@crossdock/api-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

export const useRetention = (env: string) =>
  useQuery({
    queryKey: keys.retention(env),
    queryFn: ({ signal }) => request('getRetention', { params: { env }, signal }),
  });

/** How many records these periods would remove now; asked only while `wanted` is given. */
export const useRetentionEffect = (env: string, wanted: Retention | undefined) =>
  useQuery({
    queryKey: keys.retentionEffect(env, wanted),
    queryFn: ({ signal }) => request('previewRetention', { params: { env }, query: wanted as Retention, signal }),
    enabled: wanted !== undefined,
  });

export function useSaveRetention(env: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Retention) => request('putRetention', { params: { env }, body }),
    onSuccess: (saved) => client.setQueryData(keys.retention(env), saved),
  });
}

export const useAuditRetention = () =>
  useQuery({
    queryKey: keys.auditRetention,
    queryFn: ({ signal }) => request('getAuditRetention', { signal }),
  });

export function useSaveAuditRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { auditDays: number }) => request('putAuditRetention', { body }),
    onSuccess: (saved) => client.setQueryData(keys.auditRetention, saved),
  });
}
