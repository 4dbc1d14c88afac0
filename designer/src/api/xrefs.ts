import type { CrossReferenceImport } from '@crossdock/api-contract';
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

const PAGE_SIZE = 100;

/** What a list of cross-references is narrowed to; the fields are those of the API's query. */
export interface XrefFilter {
  entity?: string;
  system?: string;
  missing?: string;
  q?: string;
}

/** An id that is to be linked. */
export interface NewXrefId {
  system: string;
  id: string;
  name?: string;
}

const xrefsQuery = (env: string, filter: XrefFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.xrefs, env, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      request('listCrossReferences', {
        params: { env },
        query: { ...filter, limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  });

export const useXrefs = (env: string, filter: XrefFilter) => useInfiniteQuery(xrefsQuery(env, filter));

/** The entities and systems that there are. */
export const useXrefNames = (env: string) =>
  useQuery({
    queryKey: [...keys.xrefs, env, 'names'],
    queryFn: async ({ signal }) => (await request('crossReferenceNames', { params: { env }, signal })).items,
  });

export const useXrefProposals = (env: string, entity: string | undefined) =>
  useQuery({
    queryKey: [...keys.xrefs, env, 'proposals', entity],
    queryFn: async ({ signal }) =>
      (await request('proposeCrossReferences', { params: { env }, query: { entity: entity ?? '' }, signal })).items,
    enabled: entity !== undefined,
  });

/** The searchable view follows the truth at once, and the stream says when: what is asked right away may still be old. */
function useChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.xrefs });
}

export function useLinkXref(env: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: { entity: string; ids: NewXrefId[]; several?: boolean; origin?: 'person' | 'proposal' }) =>
      request('linkCrossReference', { params: { env }, body }),
    onSuccess: changed,
  });
}

export function useUnlinkXref(env: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: { entity: string; system: string; id: string }) =>
      request('unlinkCrossReference', { params: { env }, body }),
    onSuccess: changed,
  });
}

export function useImportXrefs(env: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: {
      entity: string;
      csv: string;
      dryRun: boolean;
      several: boolean;
    }): Promise<CrossReferenceImport> => request('importCrossReferences', { params: { env }, body }),
    onSuccess: (_report, { dryRun }) => (dryRun ? undefined : changed()),
  });
}
