import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

export const mySessionsQuery = queryOptions({
  queryKey: keys.mySessions,
  queryFn: ({ signal }) => request('listMySessions', { signal }),
});

export const useMySessions = () => useQuery(mySessionsQuery);

export function useRenameMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request('renameMe', { body: { name } }),
    onSuccess: (me) => client.setQueryData(keys.me, me),
  });
}

export function useChangeMyPassword() {
  return useSessionChange((body: { current: string; new: string }) => request('changeMyPassword', { body }));
}

export function useEndSession() {
  return useSessionChange((sessionId: string) => request('endMySession', { params: { sessionId } }));
}

export function useEndOtherSessions() {
  return useSessionChange((_input: undefined) => request('endMyOtherSessions', {}));
}

/** Whom a one-time link is for; asked once, since a link does not change. */
export const passwordLinkQuery = (token: string) =>
  queryOptions({
    queryKey: [...keys.passwordLink, token],
    queryFn: ({ signal }) => request('readPasswordLink', { body: { token }, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useSetOwnPassword() {
  return useMutation({
    mutationFn: (body: { token: string; password: string }) => request('usePasswordLink', { body }),
  });
}

function useSessionChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: keys.mySessions }) });
}
