import type { Connection } from '@crossdock/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';
import { readAllPages } from './pages.ts';

/** Connections of all environments, by name. */
export const connectionsQuery = queryOptions({
  queryKey: keys.connections,
  queryFn: ({ signal }) =>
    readAllPages<Connection>((cursor) => request('listConnections', { query: { limit: 200, ...cursor }, signal })),
});

export const useConnections = () => useQuery(connectionsQuery);

/** The nodes that name a connection. */
export function useConnectionUsage(connectionId: string) {
  return useQuery({
    queryKey: keys.connectionUsage(connectionId),
    queryFn: async ({ signal }) => (await request('connectionUsage', { params: { connectionId }, signal })).items,
  });
}

/** What a setting of a node can be chosen from, as a connection knows it by its name: the first environment that has it is asked. */
export function useChoices(connection: string | undefined, of: 'models' | 'fields', within: string) {
  const { data: connections } = useConnections();
  const connectionId = connections?.find(({ name }) => name === connection)?.id;
  return useQuery({
    queryKey: keys.choices(connectionId, of, within),
    queryFn: async ({ signal }) => {
      const params = { connectionId: connectionId ?? '' };
      return (await request('listChoices', { params, query: { of, within }, signal })).items;
    },
    enabled: connectionId !== undefined,
    staleTime: 60_000,
    retry: false,
  });
}

export interface ConnectionInput {
  settings: Record<string, unknown>;
  /** Those to set; null takes one away. */
  credentials: Record<string, string | null>;
}

export function useCreateConnection() {
  return useChange((body: ConnectionInput & { env: string; name: string; type: string }) =>
    request('createConnection', { body }),
  );
}

export function useUpdateConnection() {
  return useChange(({ connectionId, ...body }: ConnectionInput & { connectionId: string; version: number }) =>
    request('updateConnection', { params: { connectionId }, body }),
  );
}

export function useDeleteConnection() {
  return useChange((connectionId: string) => request('deleteConnection', { params: { connectionId } }));
}

export function useCheckConnection() {
  return useChange((connectionId: string) => request('checkConnection', { params: { connectionId } }));
}

export function useRotateConnection() {
  return useChange((connectionId: string) => request('rotateConnection', { params: { connectionId } }));
}

function useChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: keys.connections }) });
}
