import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

/** The private hosts that an environment may call: its own list, and what the installation was started with. */
export const useEgress = (env: string) =>
  useQuery({
    queryKey: keys.egress(env),
    queryFn: ({ signal }) => request('getEgress', { params: { env }, signal }),
  });

/** Changes the list as it is now, so that what someone else allowed meanwhile stays. */
export function useChangeEgress(env: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: (allow: readonly string[]) => string[]) => {
      const { allow } = await request('getEgress', { params: { env } });
      return request('putEgress', { params: { env }, body: { allow: change(allow) } });
    },
    onSuccess: (saved) => client.setQueryData(keys.egress(env), saved),
  });
}
