import type { ApiKey, Role, User } from '@crossdock/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';
import { readAllPages } from './pages.ts';

export const usersQuery = queryOptions({
  queryKey: keys.users,
  queryFn: ({ signal }) =>
    readAllPages<User>((cursor) => request('listUsers', { query: { limit: 200, ...cursor }, signal })),
});

export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: ({ signal }) =>
    readAllPages<ApiKey>((cursor) => request('listApiKeys', { query: { limit: 200, ...cursor }, signal })),
});

export const useUsers = () => useQuery(usersQuery);
export const useApiKeys = () => useQuery(apiKeysQuery);

/** Adds a person; the answer is the only one that ever holds the link. */
export function useInviteUser() {
  return useChange(keys.users, (body: { email: string; name: string; role: Role }) => request('inviteUser', { body }));
}

/** Takes a password away; the answer is the only one that ever holds the link to a new one. */
export function useResetUser() {
  return useChange(keys.users, (userId: string) => request('resetUser', { params: { userId } }));
}

export function useSetUserDisabled() {
  return useChange(keys.users, ({ userId, disabled }: { userId: string; disabled: boolean }) =>
    request(disabled ? 'disableUser' : 'enableUser', { params: { userId } }),
  );
}

export function useUpdateUser() {
  return useChange(keys.users, ({ userId, ...body }: { userId: string; name?: string; role?: Role }) =>
    request('updateUser', { params: { userId }, body }),
  );
}

export function useDeleteUser() {
  return useChange(keys.users, (userId: string) => request('deleteUser', { params: { userId } }));
}

/** Makes a key; the answer is the only one that ever holds its value. */
export function useCreateApiKey() {
  return useChange(keys.apiKeys, (body: { name: string; role: Role; expiresAt?: string }) =>
    request('createApiKey', { body }),
  );
}

export function useDeleteApiKey() {
  return useChange(keys.apiKeys, (keyId: string) => request('deleteApiKey', { params: { keyId } }));
}

function useChange<Input, Answer>(list: readonly string[], mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: list }) });
}
