import { isAllowed, type Me, type Permission } from '@crossdock/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

/** Who is signed in; fails with `API_UNAUTHENTICATED` when nobody is. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => request('me', { signal }),
  staleTime: 5 * 60_000,
  retry: false,
});

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/**
 * True when the person's role holds the right, in the environment where one is named; controls without it are hidden or off, and the API
 * refuses anyway.
 */
export function useMay(permission: Permission, env?: string): boolean {
  return isAllowed(useMe()?.role, permission, { env });
}

/** Those of the environments in which the person's role holds the right. */
export function useAllowedIn<E extends { name: string }>(permission: Permission, environments: readonly E[]): E[] {
  const role = useMe()?.role;
  return environments.filter(({ name }) => isAllowed(role, permission, { env: name }));
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => request('signIn', { body }),
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(keys.me, me);
    },
  });
}

/** Ends the session; what was cached is dropped, so that the next person sees nothing of it. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request('signOut', {}),
    onSettled: () => client.clear(),
  });
}
