import type { Preferences } from '@crossdock/api-contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';
import { queryClient } from './query-client.ts';

/** How the designer looks to the person who is signed in; asked once a visit, since only they change it. */
export const preferencesQuery = queryOptions({
  queryKey: keys.preferences,
  queryFn: ({ signal }) => request('readMyPreferences', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Undefined until it is known. */
export function usePreferences(): Preferences | undefined {
  return useQuery(preferencesQuery).data;
}

/** Changes how the designer looks to the person: here at once, and wherever they sign in next. @throws ApiError when it could not be kept */
export async function changePreferences(change: Partial<Preferences>): Promise<void> {
  queryClient.setQueryData(preferencesQuery.queryKey, (known) => known && { ...known, ...change });
  await request('changeMyPreferences', { body: change });
}
